namespace EdgeRnn.Runtime;

/// <summary>How a threshold is found. All but the first learn it on the device, from a normal period.</summary>
public enum ThresholdMethod
{
    /// <summary>A number in the settings. Integers only.</summary>
    Fixed = 1,

    /// <summary>A quantile of the normal period's scores, times a factor. Exact, from the largest scores alone. Integers only.</summary>
    Quantile = 2,

    /// <summary>Mean + k standard deviations of the normal period's scores. Integers only.</summary>
    Sigma = 3,

    /// <summary>
    /// Peaks over threshold: a generalised Pareto distribution fitted to the largest scores (Siffer et al. 2017, SPOT). The fit
    /// computes in double precision.
    /// </summary>
    Spot = 4,

    /// <summary>SPOT on the distance from a moving average (DSPOT). The fit computes in double precision.</summary>
    DriftSpot = 5,

    /// <summary>
    /// The threshold that best parts a window of recent scores, with pruning (Hundman et al. 2018). Computes in double precision.
    /// </summary>
    Dynamic = 6,
}
