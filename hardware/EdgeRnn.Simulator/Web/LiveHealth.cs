namespace EdgeRnn.Simulator;

/// <summary>How well it runs. What is not measured is NaN or negative, and stands as null in frames.</summary>
public sealed record LiveHealth
{
    /// <summary>The median of the time of a step, in microseconds: network and detector.</summary>
    public double StepMedianMicros { get; init; } = double.NaN;

    /// <summary>What 99 of 100 steps stay below, in microseconds.</summary>
    public double StepP99Micros { get; init; } = double.NaN;

    /// <summary>Bytes allocated per step.</summary>
    public double BytesPerStep { get; init; } = double.NaN;

    /// <summary>Turns of the device's loop that began too late.</summary>
    public long MissedDeadlines { get; init; } = -1;

    /// <summary>Times samples were lost because they were not taken in time.</summary>
    public long DroppedSamples { get; init; } = -1;

    /// <summary>Samples the network has read.</summary>
    public long Samples { get; init; } = -1;

    /// <summary>Ticks without a sample.</summary>
    public long MissingSamples { get; init; } = -1;

    /// <summary>Times the sensor was started again.</summary>
    public long Restarts { get; init; } = -1;

    /// <summary>Times this computer was too slow for the speed that was asked for; not the device's fault.</summary>
    public long LatePaces { get; init; } = -1;
}
