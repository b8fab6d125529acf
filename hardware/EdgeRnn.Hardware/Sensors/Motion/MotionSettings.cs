namespace EdgeRnn.Hardware;

/// <summary>What the settings of every motion sensor have. Read when the sensor is made, not kept.</summary>
public abstract class MotionSettings
{
    internal MotionSettings()
    {
    }

    /// <summary>
    /// Microseconds from one sample to the next by the device's own clock; each device lists the periods it has.
    /// </summary>
    public int PeriodMicros { get; set; } = 10_000;

    /// <summary>
    /// Whether samples come from the device's FIFO, each once and in their order. Otherwise a read gives the latest sample, the same
    /// one again where the device has measured no other.
    /// </summary>
    public bool UseFifo { get; set; } = true;
}
