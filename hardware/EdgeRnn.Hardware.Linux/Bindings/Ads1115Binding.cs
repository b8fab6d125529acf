using System.Device.I2c;
using Iot.Device.Ads1115;
using Binding = Iot.Device.Ads1115.Ads1115;

namespace EdgeRnn.Hardware.Linux;

/// <summary>ADS1115 by its binding: one input in V, converted all the time at one rate.</summary>
public sealed class Ads1115Binding : BindingSensor<Binding>
{
    // By InputMultiplexer.
    private static readonly string[] _names = ["ain0-ain1", "ain0-ain3", "ain1-ain3", "ain2-ain3", "ain0", "ain1", "ain2", "ain3"];

    private readonly I2cDevice _device;
    private readonly InputMultiplexer _input;
    private readonly MeasuringRange _range;
    private readonly DataRate _rate;

    /// <summary>A sensor.</summary>
    /// <param name="device">The device; not owned.</param>
    /// <param name="input">The input, or the pair whose difference is measured.</param>
    /// <param name="range">The largest voltage.</param>
    /// <param name="rate">Conversions a second.</param>
    public Ads1115Binding(I2cDevice device, InputMultiplexer input = InputMultiplexer.AIN0, MeasuringRange range = MeasuringRange.FS4096,
        DataRate rate = DataRate.SPS128)
        : base("ADS1115", [_names[(int)input]], ["V"])
    {
        _device = device;
        _input = input;
        _range = range;
        _rate = rate;
    }

    private protected override Binding Open() => new Binding(_device, _input, _range, _rate, DeviceMode.Continuous);

    private protected override int Measure(Binding binding, float[] values, int offset)
    {
        values[offset] = (float)binding.ReadVoltage().Volts;
        return SensorStatus.Ok;
    }
}
