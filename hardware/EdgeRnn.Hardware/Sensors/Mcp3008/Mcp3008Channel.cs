namespace EdgeRnn.Hardware;

/// <summary>
/// What an <see cref="Mcp3008"/> measures: 0 to 7 are its pins against ground, and these the differences of neighbours, which read 0
/// where they are negative.
/// </summary>
public static class Mcp3008Channel
{
    /// <summary>CH0 minus CH1.</summary>
    public const int Ch0MinusCh1 = 8;

    /// <summary>CH1 minus CH0.</summary>
    public const int Ch1MinusCh0 = 9;

    /// <summary>CH2 minus CH3.</summary>
    public const int Ch2MinusCh3 = 10;

    /// <summary>CH3 minus CH2.</summary>
    public const int Ch3MinusCh2 = 11;

    /// <summary>CH4 minus CH5.</summary>
    public const int Ch4MinusCh5 = 12;

    /// <summary>CH5 minus CH4.</summary>
    public const int Ch5MinusCh4 = 13;

    /// <summary>CH6 minus CH7.</summary>
    public const int Ch6MinusCh7 = 14;

    /// <summary>CH7 minus CH6.</summary>
    public const int Ch7MinusCh6 = 15;
}
