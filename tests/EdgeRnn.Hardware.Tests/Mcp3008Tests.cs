using System;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>The MCP3008 driver against its simulated lines.</summary>
public sealed class Mcp3008Tests
{
    private readonly Mcp3008Device _device = new(new VirtualClock());
    private readonly SimulatedSpiBus _bus;
    private readonly float[] _values = new float[16];
    private readonly short[] _counts = new short[16];

    public Mcp3008Tests() => _bus = new SimulatedSpiBus(_device);

    // DS21295, 4.2: count = 1024 x VIN / VREF, cut off.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.0032, 0)]
    [InlineData(0.0033, 1)]
    [InlineData(1.65, 512)]
    [InlineData(2.5, 775)]
    [InlineData(3.2967, 1022)]
    [InlineData(3.2999, 1023)]
    [InlineData(5, 1023)]
    public void A_count_is_1024_times_the_voltage_over_the_reference(double volts, int count)
    {
        _device.Volts[0] = _ => volts;
        Mcp3008 sensor = Started(new Mcp3008Settings());
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(_counts, 0));
        Assert.Equal(count, _counts[0]);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(count * 3.3 / 1024, _values[0], 1e-6);
    }

    [Fact]
    public void Every_channel_is_its_pin_or_a_difference_that_is_not_below_zero()
    {
        for (int i = 0; i < 8; i++)
        {
            double volts = (i + 1) * 0.3;
            _device.Volts[i] = _ => volts;
        }
        int[] channels = new int[16];
        for (int i = 0; i < 16; i++) channels[i] = i;
        Mcp3008 sensor = Started(new Mcp3008Settings { Channels = channels });
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        for (int i = 0; i < 8; i++) Assert.InRange((i + 1) * 0.3 - _values[i], 0, 3.3 / 1024);
        for (int i = 8; i < 16; i++) Assert.InRange((i % 2 == 0 ? 0 : 0.3) - _values[i], -1e-6, 3.3 / 1024);
        Assert.Equal(("ch0", "ch7"), (sensor.ChannelName(0), sensor.ChannelName(7)));
        Assert.Equal("ch0-ch1", sensor.ChannelName(Mcp3008Channel.Ch0MinusCh1));
        Assert.Equal("ch7-ch6", sensor.ChannelName(Mcp3008Channel.Ch7MinusCh6));
    }

    [Fact]
    public void Samples_have_their_channels_in_the_order_that_is_asked_for()
    {
        _device.Volts[5] = _ => 1;
        _device.Volts[2] = _ => 2;
        Mcp3008 sensor = Started(new Mcp3008Settings { Channels = [5, 2], ReferenceVolts = 3.3 });
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 3));
        Assert.Equal(1, _values[3], 0.004);
        Assert.Equal(2, _values[4], 0.004);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_the_line_shows_before_the_count_does_not_matter(bool idleLevel)
    {
        _device.IdleLevel = idleLevel;
        _device.Volts[0] = _ => 1.65;
        Assert.Equal(SensorStatus.Ok, Started(new Mcp3008Settings()).ReadCounts(_counts, 0));
        Assert.Equal(512, _counts[0]);
    }

    [Fact]
    public void A_line_that_nothing_drives_is_noticed_where_a_resistor_holds_it_high()
    {
        Mcp3008 sensor = new(new HighLine(), new Mcp3008Settings());
        Assert.Equal(BusStatus.NoAnswer, sensor.Start());
        Assert.Equal(SensorStatus.NotStarted, sensor.Read(_values, 0));
        Assert.Equal(-BusStatus.NoAnswer, sensor.InputOf(0).Read());
    }

    [Fact]
    public void A_device_that_is_gone_from_a_low_line_reads_as_zero_volt()
    {
        _device.Volts[0] = _ => 1;
        Mcp3008 sensor = Started(new Mcp3008Settings());
        _bus.Faults.IsAway = true;
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(0, _values[0]);
    }

    [Fact]
    public void A_transfer_that_fails_is_reported_and_the_next_works()
    {
        Mcp3008 sensor = Started(new Mcp3008Settings());
        _bus.Faults.ShortReads = 1;
        Assert.Equal(BusStatus.ShortTransfer, sensor.ReadCounts(_counts, 0));
        _bus.Faults.ShortReads = 1;
        Assert.Equal(-BusStatus.ShortTransfer, sensor.InputOf(0).Read());
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(_counts, 0));
    }

    [Fact]
    public void A_channel_is_an_input_of_its_own()
    {
        _device.Volts[6] = _ => 3.3 / 4;
        IAnalogInput input = new Mcp3008(_bus, new Mcp3008Settings()).InputOf(6);
        Assert.Equal((1023, 256), (input.FullScale, input.Read()));
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused_in_one_line()
    {
        Refused(new Mcp3008Settings { Channels = [] }, "Mcp3008Settings.Channels: expected 1 to 16 channels, found 0");
        Refused(new Mcp3008Settings { Channels = [3, 16] }, "Mcp3008Settings.Channels: expected 0 to 15, found 16");
        Refused(new Mcp3008Settings { ReferenceVolts = 0 }, "Mcp3008Settings.ReferenceVolts: expected above 0 V, found 0");
        Assert.Equal("Mcp3008.InputOf: expected 0 to 15, found -1",
            Assert.Throws<ArgumentException>(() => new Mcp3008(_bus, new Mcp3008Settings()).InputOf(-1)).Message);
    }

    private void Refused(Mcp3008Settings settings, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new Mcp3008(_bus, settings)).Message);

    private Mcp3008 Started(Mcp3008Settings settings)
    {
        Mcp3008 sensor = new(_bus, settings);
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        return sensor;
    }

    private sealed class HighLine : ISpiBus
    {
        public int Transfer(byte[] write, byte[] read, int count)
        {
            Array.Fill(read, (byte)0xFF);
            return BusStatus.Ok;
        }
    }
}
