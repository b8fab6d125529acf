using System;

namespace EdgeRnn.Runtime;

// Vectors: every block is packed at load for the kernel this machine is best at, and the weights as in the file are let go.
internal sealed partial class QuantizedMatrix
{
    private QuantizedPanels[] _panels = Array.Empty<QuantizedPanels>();
    private QuantizedRows[] _fewRows = Array.Empty<QuantizedRows>();

    partial void Pack(WeightPacking? packing)
    {
        if (packing is { LeavesOutVectors: true }) return;
        if (QuantizedPanels.BestKernel(false, _narrowInputs) == QuantizedKernel.None) return;
        if (Array.TrueForAll(_blocks, block => QuantizedRows.Fits(block, _rows)))
        {
            _fewRows = Array.ConvertAll(_blocks, block => new QuantizedRows(block, _firstRow, _rows));
            _blocks = Array.Empty<QuantizedBlock>();
            return;
        }
        foreach (QuantizedBlock block in _blocks)
        {
            if (!QuantizedPanels.Fits(block, _rows)) return;
        }
        _panels = new QuantizedPanels[_blocks.Length];
        for (int i = 0; i < _panels.Length; i++)
        {
            QuantizedKernel kernel = QuantizedPanels.BestKernel(_blocks[i].Nibbles != null, _narrowInputs);
            _panels[i] = new QuantizedPanels(_blocks[i], _firstRow, _rows, _narrowInputs, kernel);
        }
        _blocks = Array.Empty<QuantizedBlock>();
    }

    partial void AddProductVector(int[] memory, int x, int y, int scratch, ref bool done)
    {
        foreach (QuantizedRows rows in _fewRows)
        {
            rows.AddProduct(memory, x, y);
            done = true;
        }
        if (_panels.Length == 0) return;
        done = true;
        foreach (QuantizedPanels panels in _panels) panels.AddProduct(memory, x, y, scratch);
    }
}
