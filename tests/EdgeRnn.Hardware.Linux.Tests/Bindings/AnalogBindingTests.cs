using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Simulator;
using EdgeRnn.Tests.Fakes;
using Iot.Device.Ads1115;
using OwnAds1115 = EdgeRnn.Hardware.Ads1115;

namespace EdgeRnn.Tests.Bindings;

/// <summary>Our own drivers of climate, current and voltage against the bindings, on the same simulated registers.</summary>
public sealed class AnalogBindingTests
{
    private readonly BindingBench _bench = new();

    // Our arithmetic is the data sheet's in whole numbers, the binding's the one in floating point. One step of the device's readings is
    // 0.005 degC, 0.16 Pa and 0.008 %; the whole numbers round a few times.
    [Theory]
    [InlineData(21, 101_325, 45)]
    [InlineData(-20, 68_000, 5)]
    [InlineData(60, 108_000, 95)]
    public void Bme280_agrees(double celsius, double pascal, double percent)
    {
        Bme280Device device = new(_bench.Clock) { Celsius = _ => celsius, Pascal = _ => pascal, HumidityPercent = _ => percent };
        FakeI2cDevice wire = _bench.OverI2c(device);
        Bme280 own = new(new I2cRegisterBus(wire, Bme280.LongestTransfer), _bench.Clock, new Bme280Settings());
        _bench.Agree(own, new Bme280Binding(wire), 0.01, 0.5, 0.01);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0.25)]
    [InlineData(16.380, 1.5)]
    public void Ina219_agrees_on_what_flows_forward(double volts, double amperes)
    {
        FakeI2cDevice wire = Ina219At(volts, amperes);
        _bench.Agree(OwnIna219(wire), BoundIna219(wire), 1e-5, 1e-7, 1e-6, 1e-5);
    }

    [Fact]
    public void Ina219_loses_the_sign_of_what_flows_back()
    {
        FakeI2cDevice wire = Ina219At(12, -0.5);
        float[] own = _bench.Sample(OwnIna219(wire)), bound = _bench.Sample(BoundIna219(wire));
        Assert.Equal(-0.05, own[1], 1e-6);
        Assert.Equal(-0.5, own[2], 1e-6);
        Assert.Equal((65_536 - 5000) * 1e-5, bound[1], 1e-6);
        Assert.Equal((65_536 - 5000) * 1e-4, bound[2], 1e-6);
    }

    [Fact]
    public void Ina219_gives_a_bus_above_16_volts_as_negative()
    {
        FakeI2cDevice wire = Ina219At(20, 0.1);
        Assert.Equal(20, _bench.Sample(OwnIna219(wire))[0], 1e-5);
        Assert.Equal(20 - 32.768, _bench.Sample(BoundIna219(wire))[0], 1e-5);
    }

    [Theory]
    [InlineData(InputMultiplexer.AIN2, 1.2345)]
    [InlineData(InputMultiplexer.AIN0_AIN1, -0.75)]
    public void Ads1115_agrees(InputMultiplexer input, double volts)
    {
        Ads1115Device device = new(_bench.Clock);
        device.Volts[0] = _ => 1;
        device.Volts[1] = _ => 1 - volts;
        device.Volts[2] = _ => volts;
        FakeI2cDevice wire = _bench.OverI2c(device);
        Ads1115Settings settings = new() { Channels = [(int)input], FullScaleMillivolts = 4096 };
        OwnAds1115 own = new(new I2cRegisterBus(wire, OwnAds1115.LongestTransfer), _bench.Clock, settings);
        _bench.Agree(own, new Ads1115Binding(wire, input), 1e-6);
    }

    [Fact]
    public void Mcp3008_agrees()
    {
        Mcp3008Device device = new(_bench.Clock);
        for (int i = 0; i < 8; i++)
        {
            double volts = 3.3 * i / 7;
            device.Volts[i] = _ => volts;
        }
        FakeSpiDevice wire = _bench.OverSpi(device);
        int[] channels = [0, 1, 3, 5, 7];
        Mcp3008 own = new(new SpiBus(wire), new Mcp3008Settings { Channels = channels });
        _bench.Agree(own, new Mcp3008Binding(wire, 3.3f, channels), 1e-6, 1e-6, 1e-6, 1e-6, 1e-6);
    }

    private FakeI2cDevice Ina219At(double volts, double amperes) =>
        _bench.OverI2c(new Ina219Device(_bench.Clock) { Volts = _ => volts, Amperes = _ => amperes });

    private Ina219 OwnIna219(FakeI2cDevice wire) =>
        new(new I2cRegisterBus(wire, Ina219.LongestTransfer), _bench.Clock, new Ina219Settings { AmperesPerCount = 1e-4 });

    private static Ina219Binding BoundIna219(FakeI2cDevice wire) => new(wire, 0.1, 1e-4);
}
