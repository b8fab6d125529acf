namespace EdgeRnn.Hardware;

/// <summary>How a <see cref="Lis3dh"/> measures: at 10 ms and 2 g, from the FIFO, unless something is changed.</summary>
public sealed class Lis3dhSettings : MotionSettings
{
    /// <summary>Largest acceleration, in g: 2, 4, 8 or 16.</summary>
    public int Range { get; set; } = 2;

    /// <summary>Samples in the FIFO at which the device raises its INT1 pin, 1 to 31; 0: the pin stays quiet.</summary>
    public int Watermark { get; set; }

    internal static int[] Ranges() => new int[] { 2, 4, 8, 16 };

    // 1, 10, 25, 50, 100, 200 and 400 Hz, in the order of their codes.
    internal static int[] Periods() => new int[] { 1_000_000, 100_000, 40_000, 20_000, 10_000, 5000, 2500 };

    internal Lis3dhSettings Checked()
    {
        SettingCheck.OneOf("Lis3dhSettings.Range", Range, Ranges());
        SettingCheck.OneOf("Lis3dhSettings.PeriodMicros", PeriodMicros, Periods());
        SettingCheck.InRange("Lis3dhSettings.Watermark", Watermark, 0, 31);
        if (!UseFifo && Watermark > 0) throw SettingCheck.Refusal("Lis3dhSettings.Watermark", "0, because UseFifo is false", Watermark);
        return this;
    }
}
