namespace EdgeRnn.Converter.Evaluate;

/// <summary>A window around an anomaly, in rows of its series.</summary>
/// <param name="First">First row of the window.</param>
/// <param name="Last">Last row of the window, not before <paramref name="First"/>.</param>
public readonly record struct NabWindow(int First, int Last)
{
    /// <summary>Rows of the window.</summary>
    public int Width => Last - First + 1;
}
