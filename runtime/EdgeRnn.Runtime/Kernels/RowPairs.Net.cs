namespace EdgeRnn.Runtime;

// What a tool that reckons the cost of a product asks.
internal sealed partial class RowPairs
{
    /// <summary>Columns of the block.</summary>
    public int Columns => _columns;
}
