namespace EdgeRnn.Hardware;

/// <summary>How an <see cref="Adxl345"/> measures: at 10 ms and 16 g, from the FIFO, unless something is changed.</summary>
public sealed class Adxl345Settings : MotionSettings
{
    /// <summary>
    /// Largest acceleration, in g: 2, 4, 8 or 16. Counts are the same size at each: a smaller range only cuts off earlier.
    /// </summary>
    public int Range { get; set; } = 16;

    /// <summary>Samples in the FIFO at which the device raises its INT1 pin, 1 to 31; 0: the pin stays quiet.</summary>
    public int Watermark { get; set; }

    internal static int[] Ranges() => new int[] { 2, 4, 8, 16 };

    // From rate code 14 (1600 Hz) downwards.
    internal static int[] Periods() =>
        new int[] { 625, 1250, 2500, 5000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 640_000, 1_280_000 };

    internal Adxl345Settings Checked()
    {
        SettingCheck.OneOf("Adxl345Settings.Range", Range, Ranges());
        SettingCheck.OneOf("Adxl345Settings.PeriodMicros", PeriodMicros, Periods());
        SettingCheck.InRange("Adxl345Settings.Watermark", Watermark, 0, 31);
        if (!UseFifo && Watermark > 0) throw SettingCheck.Refusal("Adxl345Settings.Watermark", "0, because UseFifo is false", Watermark);
        return this;
    }
}
