namespace EdgeRnn.Converter.Evaluate;

/// <summary>Detectors without a network, which a network has to beat.</summary>
public enum Baseline
{
    /// <summary>Every row alarms.</summary>
    AlwaysAlarm,

    /// <summary>The mean over the channels of |z|, smoothed; z by mean and deviation of the training rows.</summary>
    ZScore,

    /// <summary>The mean over the channels of |z_t - z_(t-1)|, not smoothed: a step is seen at once or never.</summary>
    Difference,
}
