namespace EdgeRnn.Runtime;

/// <summary>How the errors of the channels, u_c, become one score.</summary>
public enum ScoreCombination
{
    /// <summary>The sum of |u_c|.</summary>
    Sum = 1,

    /// <summary>The square root of the sum of u_c^2.</summary>
    Norm = 2,

    /// <summary>The largest |u_c|.</summary>
    Max = 3,

    /// <summary>The Mahalanobis distance, the square root of u' S^-1 u, S being the covariance measured by calibration.</summary>
    Mahalanobis = 4,
}
