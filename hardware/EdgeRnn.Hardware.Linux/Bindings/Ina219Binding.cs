using System.Device.I2c;
using Binding = Iot.Device.Adc.Ina219;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// INA219 by its binding: voltages in V, current in A, power in W. The binding reads shunt voltage and current without their sign, so
/// that what flows back shows as a large positive number, and bus voltages above 16.38 V as negative ones; the numbers are handed on as
/// they come. Our own driver has both right. Every read waits for a conversion and sets the calibration again.
/// </summary>
public sealed class Ina219Binding : BindingSensor<Binding>
{
    // Datasheet SBOS448, equation 1.
    private const double CalibrationConstant = 0.04096;

    private readonly I2cDevice _device;
    private readonly ushort _calibration;
    private readonly float _amperesPerCount;

    /// <summary>A sensor.</summary>
    /// <param name="device">The device; not owned.</param>
    /// <param name="shuntOhms">The resistor: 0.1 on most boards.</param>
    /// <param name="amperesPerCount">Steps of the current; the largest one is 32767 of them.</param>
    public Ina219Binding(I2cDevice device, double shuntOhms, double amperesPerCount)
        : base("INA219", ["busVoltage", "shuntVoltage", "current", "power"], ["V", "V", "A", "W"])
    {
        _device = device;
        _calibration = checked((ushort)(CalibrationConstant / (amperesPerCount * shuntOhms)));
        _amperesPerCount = (float)amperesPerCount;
    }

    private protected override Binding Open()
    {
        Binding binding = new(_device);
        binding.Reset();
        binding.SetCalibration(_calibration, _amperesPerCount);
        return binding;
    }

    private protected override int Measure(Binding binding, float[] values, int offset)
    {
        values[offset] = (float)binding.ReadBusVoltage().Volts;
        values[offset + 1] = (float)binding.ReadShuntVoltage().Volts;
        values[offset + 2] = (float)binding.ReadCurrent().Amperes;
        values[offset + 3] = (float)binding.ReadPower().Watts;
        return SensorStatus.Ok;
    }
}
