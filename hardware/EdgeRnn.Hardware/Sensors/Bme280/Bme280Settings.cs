namespace EdgeRnn.Hardware;

/// <summary>How a <see cref="Bme280"/> measures. Read when the driver is made, not kept.</summary>
public sealed class Bme280Settings
{
    /// <summary>Conversions per temperature: 1, 2, 4, 8 or 16. Pressure and humidity need it, so that it cannot be left out.</summary>
    public int TemperatureOversampling { get; set; } = 1;

    /// <summary>Conversions per pressure: 1, 2, 4, 8 or 16; 0: there is no such channel.</summary>
    public int PressureOversampling { get; set; } = 1;

    /// <summary>Conversions per humidity: 1, 2, 4, 8 or 16; 0: there is no such channel, and a BMP280 will do.</summary>
    public int HumidityOversampling { get; set; } = 1;

    /// <summary>The coefficient of the filter over temperature and pressure: 2, 4, 8 or 16 measurements; 0: none.</summary>
    public int Filter { get; set; }

    /// <summary>
    /// Whether every <see cref="ISensor.Read"/> has the device measure once, for the next one, and sleep until then; otherwise it
    /// measures all the time.
    /// </summary>
    public bool IsForced { get; set; }

    /// <summary>
    /// Microseconds between two measurements where the device measures all the time: 500, 62 500, 125 000, 250 000, 500 000 or
    /// 1 000 000; with humidity also 10 000 or 20 000, which on a BMP280 mean something else.
    /// </summary>
    public int StandbyMicros { get; set; } = 62_500;
}
