namespace EdgeRnn.Hardware;

/// <summary>How a <see cref="Pir"/> is read. Read when the driver is made, not kept.</summary>
public sealed class PirSettings
{
    /// <summary>Microseconds a level must last to count, at least 0.</summary>
    public int DebounceMicros { get; set; } = 10_000;

    /// <summary>Microseconds after the first start during which the module settles and switches by itself; 0 to 10 minutes.</summary>
    public int WarmUpMicros { get; set; } = 60_000_000;
}
