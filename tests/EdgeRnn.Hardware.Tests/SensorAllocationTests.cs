using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>
/// A driver allocates nothing once it is made: not when it starts, reads, or fails. Simulated devices may, so they are warmed up or
/// replaced by pins that do not. Runs alone: a collection that another test's allocations bring about upsets the counter.
/// </summary>
[Collection(nameof(SensorAllocationTests)), CollectionDefinition(nameof(SensorAllocationTests), DisableParallelization = true)]
public sealed class SensorAllocationTests
{
    private readonly VirtualClock _clock = new();
    private readonly float[] _values = new float[16];
    private readonly short[] _counts = new short[16];

    [Theory]
    [InlineData("BME280")]
    [InlineData("BME280 forced")]
    [InlineData("INA219")]
    [InlineData("ADS1115")]
    [InlineData("ADS1115 continuous")]
    [InlineData("MCP3008")]
    [InlineData("group")]
    public void Starting_and_reading_allocate_nothing_whether_it_works_or_not(string name)
    {
        BusFaults faults = new();
        ISensor sensor = Sensor(name, ref faults);
        Work(sensor, faults);
        Assert.Equal(0, AllocatedBytes.During(() => Work(sensor, faults)));
    }

    [Fact]
    public void Pins_with_edges_allocate_nothing()
    {
        SilentPin pin = new(), echo = new();
        SilentOutput trigger = new();
        Pir pir = new(pin, _clock, new PirSettings { WarmUpMicros = 0 });
        HcSr04 distance = new(trigger, echo, _clock, new HcSr04Settings());
        BusFaults none = new();
        Assert.Equal(SensorStatus.Ok, pir.Start());
        Assert.Equal(SensorStatus.Ok, distance.Start());
        void Turns()
        {
            for (int i = 0; i < 100; i++)
            {
                long now = _clock.NowMicros;
                pin.Edge(i % 2 == 0, now + 1_000);
                echo.Edge(true, now + 500);
                echo.Edge(false, now + 5_500);
                Work(pir, none);
                Work(distance, none);
            }
        }
        Turns();
        Assert.Equal(0, AllocatedBytes.During(Turns));
    }

    private ISensor Sensor(string name, ref BusFaults faults)
    {
        SimulatedRegisterBus climate = new(new Bme280Device(_clock));
        SimulatedRegisterBus power = new(new Ina219Device(_clock));
        SimulatedRegisterBus voltage = new(new Ads1115Device(_clock));
        SimulatedSpiBus fast = new(new Mcp3008Device(_clock));
        faults = name[0] switch { 'I' => power.Faults, 'A' => voltage.Faults, 'M' => fast.Faults, _ => climate.Faults };
        return name switch
        {
            "BME280" => new Bme280(climate, _clock, new Bme280Settings()),
            "BME280 forced" => new Bme280(climate, _clock, new Bme280Settings { IsForced = true }),
            "INA219" => new Ina219(power, _clock, new Ina219Settings()),
            "ADS1115" => new Ads1115(voltage, _clock, new Ads1115Settings { Channels = [0, 4, 5] }),
            "ADS1115 continuous" => new Ads1115(voltage, _clock, new Ads1115Settings { IsContinuous = true }),
            "MCP3008" => new Mcp3008(fast, new Mcp3008Settings { Channels = [0, 8] }),
            _ => new SensorGroup([new Bme280(climate, _clock, new Bme280Settings()), new Mcp3008(fast, new Mcp3008Settings())], 3),
        };
    }

    private void Work(ISensor sensor, BusFaults faults)
    {
        for (int i = 0; i < 20; i++)
        {
            faults.IsAway = i is > 5 and < 10;
            faults.ShortReads = i == 12 ? 1 : 0;
            if (i % 10 == 0) sensor.Start();
            _clock.Advance(100_000);
            sensor.Read(_values, 0);
            sensor.ReadCounts(_counts, 0);
        }
    }

    private sealed class SilentOutput : IDigitalOutput
    {
        public int Write(bool isHigh) => BusStatus.Ok;
    }
}
