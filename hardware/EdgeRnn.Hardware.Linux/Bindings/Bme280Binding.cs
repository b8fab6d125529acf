using System.Device.I2c;
using Iot.Device.Bmxx80;
using Iot.Device.Bmxx80.PowerMode;
using UnitsNet;
using Binding = Iot.Device.Bmxx80.Bme280;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// BME280 by its binding: temperature in degC, pressure in Pa, relative humidity in %. The device measures by itself all the time, so
/// that reading does not sleep. The binding reads each channel in a transfer of its own, and the temperature before each: a sample
/// may mix two measurements.
/// </summary>
public sealed class Bme280Binding : BindingSensor<Binding>
{
    private readonly I2cDevice _device;
    private readonly Sampling _sampling;

    /// <summary>A sensor.</summary>
    /// <param name="device">The device; not owned.</param>
    /// <param name="sampling">Measurements that the device makes one of, for each channel; not <see cref="Sampling.Skipped"/>.</param>
    public Bme280Binding(I2cDevice device, Sampling sampling = Sampling.UltraLowPower)
        : base("BME280", ["temperature", "pressure", "humidity"], ["degC", "Pa", "%"])
    {
        _device = device;
        _sampling = sampling;
    }

    private protected override Binding Open()
    {
        Binding binding = new(_device)
        {
            TemperatureSampling = _sampling,
            PressureSampling = _sampling,
            HumiditySampling = _sampling,
            StandbyTime = StandbyTime.Ms0_5,
        };
        binding.SetPowerMode(Bmx280PowerMode.Normal);
        return binding;
    }

    private protected override int Measure(Binding binding, float[] values, int offset)
    {
        bool isWhole = binding.TryReadTemperature(out Temperature temperature);
        isWhole &= binding.TryReadPressure(out Pressure pressure);
        isWhole &= binding.TryReadHumidity(out RelativeHumidity humidity);
        if (!isWhole) return SensorStatus.BadReading;
        values[offset] = (float)temperature.DegreesCelsius;
        values[offset + 1] = (float)pressure.Pascals;
        values[offset + 2] = (float)humidity.Percent;
        return SensorStatus.Ok;
    }
}
