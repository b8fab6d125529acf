namespace EdgeRnn.Hardware;

/// <summary>What an <see cref="Ina219"/> measures with. Read when the driver is made, not kept.</summary>
public sealed class Ina219Settings
{
    /// <summary>The shunt's resistance in ohm, above 0; 0.1 on most modules.</summary>
    public double ShuntOhms { get; set; } = 0.1;

    /// <summary>
    /// The largest current that is expected, either way, in ampere: it chooses the amplifier's range, so that the shunt may drop at
    /// most 0.32 V at it, and the resolution.
    /// </summary>
    public double LargestAmperes { get; set; } = 3.2;

    /// <summary>
    /// Ampere per count of the current; 0: the finest at which <see cref="LargestAmperes"/> still fits. The device rounds it; what it
    /// made of it is <see cref="Ina219.AmperesPerCount"/>.
    /// </summary>
    public double AmperesPerCount { get; set; }

    /// <summary>The range of the bus voltage in volt: 16 or 32. The pins bear 26 V, whatever the range.</summary>
    public int BusRangeVolts { get; set; } = 32;

    /// <summary>Conversions a reading is the mean of: 1, 2, 4, 8, 16, 32, 64 or 128; each takes 1.064 ms, bus and shunt together.</summary>
    public int Averaging { get; set; } = 1;
}
