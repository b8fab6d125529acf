namespace EdgeRnn.Runtime;

internal sealed partial class WeightPacking
{
    /// <summary>Leaves the weights as a device has them, for tools that reckon what a device needs.</summary>
    public bool LeavesOutVectors { get; init; }
}
