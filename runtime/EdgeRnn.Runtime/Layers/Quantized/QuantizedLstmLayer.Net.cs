using System.Collections.Generic;

namespace EdgeRnn.Runtime;

// What desktop tools see of the cell. Its work area is i f g o after a step; a gate that is found from the other one is gone by then.
internal sealed partial class QuantizedLstmLayer
{
    public override IReadOnlyList<LayerSignal> Signals
    {
        get
        {
            List<LayerSignal> signals = new();
            int at = WorkOffset;
            if (_coupling != GateCoupling.InputFromForget) Add(LayerPart.InputGate, 24, QuantizedPointwise.One24);
            if (_coupling != GateCoupling.ForgetFromInput) Add(LayerPart.ForgetGate, 24, QuantizedPointwise.One24);
            Add(LayerPart.Candidate, Bits, QuantizedPointwise.One15);
            Add(LayerPart.OutputGate, Bits, QuantizedPointwise.One15);
            signals.Add(new LayerSignal(LayerPart.CellState, StateOffset + OutputSize, _cellSize, QuantizedLimits.CellBits, int.MaxValue));
            return signals;

            void Add(LayerPart part, int bits, int largest)
            {
                signals.Add(new LayerSignal(part, at, _cellSize, bits, largest));
                at += _cellSize;
            }
        }
    }
}
