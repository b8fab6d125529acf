namespace EdgeRnn.Hardware;

/// <summary>What an <see cref="Ads1115"/> measures. Read when the driver is made, not kept.</summary>
public sealed class Ads1115Settings
{
    /// <summary>What a sample consists of, in its order: each an <see cref="Ads1115Channel"/>, 1 to 8 of them.</summary>
    public int[] Channels { get; set; } = { Ads1115Channel.Ain0 };

    /// <summary>
    /// The amplifier's range, plus and minus, in millivolt: 6144, 4096, 2048, 1024, 512 or 256. A pin must not leave the supply by
    /// more than 0.3 V all the same.
    /// </summary>
    public int FullScaleMillivolts { get; set; } = 2048;

    /// <summary>Conversions a second: 8, 16, 32, 64, 128, 250, 475 or 860. A sample of n channels takes n conversions.</summary>
    public int ConversionsPerSecond { get; set; } = 128;

    /// <summary>Whether the device converts all the time, one channel; otherwise once per channel when a sample is read.</summary>
    public bool IsContinuous { get; set; }
}
