namespace EdgeRnn.Runtime;

// What a tool that reckons the cost of a product asks.
internal sealed partial class WeightMatrix
{
    /// <summary>Rows of one product.</summary>
    public int Rows => _rows;

    /// <summary>Columns of one product.</summary>
    public int Columns => _columns;
}
