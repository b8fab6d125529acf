using System;

namespace EdgeRnn.Runtime;

// What a tool that reckons the cost of a product asks.
internal sealed partial class QuantizedMatrix
{
    /// <summary>Rows of one product.</summary>
    public int Rows => _rows;

    /// <summary>The blocks as in the file; empty where a packed copy took their place.</summary>
    public ReadOnlySpan<QuantizedBlock> Blocks => _blocks;

    /// <summary>The blocks with rows in pairs; empty where there are none.</summary>
    public ReadOnlySpan<RowPairs> Pairs => _rowPairs;
}
