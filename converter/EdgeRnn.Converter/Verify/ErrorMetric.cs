namespace EdgeRnn.Converter.Verify;

/// <summary>The figure a verification is decided by.</summary>
public enum ErrorMetric
{
    /// <summary>The largest |found - expected|.</summary>
    Max,

    /// <summary>The root of the mean squared difference.</summary>
    Rms,

    /// <summary>Error-to-signal ratio: sum (found - expected)^2 / sum expected^2.</summary>
    Esr,
}
