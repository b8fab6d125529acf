namespace EdgeRnn.Hardware;

/// <summary>How an <see cref="HcSr04"/> measures. Read when the driver is made, not kept.</summary>
public sealed class HcSr04Settings
{
    /// <summary>The air's temperature in degC, -40 to 85, until <see cref="HcSr04.AirCelsius"/> is set.</summary>
    public double AirCelsius { get; set; } = 20;

    /// <summary>The shortest distance that counts, in metres: 0 or more. The module sees nothing nearer than 2 cm.</summary>
    public double SmallestMetres { get; set; } = 0.02;

    /// <summary>The longest distance that counts, in metres: above the shortest, up to 5.</summary>
    public double LargestMetres { get; set; } = 4;

    /// <summary>
    /// Microseconds from one pulse to the next at the least: 60 000 or more, or an echo of the pulse before may be taken for one of
    /// this. No echo after this time is no echo.
    /// </summary>
    public int RepeatMicros { get; set; } = 60_000;
}
