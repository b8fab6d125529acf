namespace EdgeRnn.Hardware;

/// <summary>How an <see cref="Mpu6886"/> measures.</summary>
public sealed class Mpu6886Settings : Mpu6050Settings
{
    /// <summary>Samples in the FIFO at which the device raises its INT pin, 1 to 50; 0: the pin stays quiet.</summary>
    public int Watermark { get; set; }

    internal override Mpu6050Settings Checked(string name)
    {
        SettingCheck.InRange(name + ".Watermark", Watermark, 0, 50);
        if (!UseFifo && Watermark > 0) throw SettingCheck.Refusal(name + ".Watermark", "0, because UseFifo is false", Watermark);
        return base.Checked(name);
    }
}
