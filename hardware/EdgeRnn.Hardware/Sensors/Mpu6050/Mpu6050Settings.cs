using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// How an <see cref="Mpu6050"/> measures: at 10 ms, 2 g and 250 deg/s, six channels from the FIFO, unless something is changed.
/// </summary>
public class Mpu6050Settings : MotionSettings
{
    /// <summary>Largest acceleration, in g: 2, 4, 8 or 16.</summary>
    public int AccelerationRange { get; set; } = 2;

    /// <summary>Largest rate of rotation, in degrees a second: 250, 500, 1000 or 2000.</summary>
    public int RotationRange { get; set; } = 250;

    /// <summary>
    /// The low-pass filter, 1 (widest) to 6 (narrowest); its bandwidth belongs below half the sample rate. The device's page has the
    /// table.
    /// </summary>
    public int Filter { get; set; } = 3;

    /// <summary>Whether the channels ax, ay and az are there.</summary>
    public bool UseAcceleration { get; set; } = true;

    /// <summary>Whether the channels gx, gy and gz are there.</summary>
    public bool UseRotation { get; set; } = true;

    /// <summary>Whether the channel temperature is there, the last one.</summary>
    public bool UseTemperature { get; set; }

    internal int ChannelCount => (UseAcceleration ? 3 : 0) + (UseRotation ? 3 : 0) + (UseTemperature ? 1 : 0);

    // Returns the settings, so that a constructor can check them before it does anything else.
    internal virtual Mpu6050Settings Checked(string name)
    {
        SettingCheck.OneOf(name + ".AccelerationRange", AccelerationRange, InvenSenseSensor.AccelerationRanges());
        SettingCheck.OneOf(name + ".RotationRange", RotationRange, InvenSenseSensor.RotationRanges());
        SettingCheck.InRange(name + ".Filter", Filter, 1, 6);
        if (PeriodMicros % 1000 != 0 || PeriodMicros < 1000 || PeriodMicros > 256_000)
            throw SettingCheck.Refusal(name + ".PeriodMicros", "a whole number of thousands from 1000 to 256000", PeriodMicros);
        if (UseAcceleration || UseRotation) return this;
        throw new ArgumentException(name + ": expected UseAcceleration or UseRotation, found neither");
    }
}
