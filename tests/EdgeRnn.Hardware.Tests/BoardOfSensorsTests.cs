using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>Sensors on a simulated board, opened as a program opens them on a real one.</summary>
public sealed class BoardOfSensorsTests
{
    private readonly SimulatedBoard _board = new();
    private readonly Bme280Device _climate;
    private readonly HcSr04Device _distance;

    public BoardOfSensorsTests()
    {
        _board.AttachI2c(1, 0x76, _climate = new Bme280Device(_board.Clock));
        _board.AttachI2c(1, 0x40, new Ina219Device(_board.Clock) { Amperes = _ => -0.5 });
        _board.AttachI2c(1, 0x48, new Ads1115Device(_board.Clock));
        Mcp3008Device converter = new(_board.Clock);
        converter.Volts[0] = _ => 1.65;
        _board.AttachSpi(0, 0, converter);
        _distance = new HcSr04Device(_board.Pin(23), _board.Pin(24), _board.Time) { Metres = at => 1 + at / 1e7 };
        _ = new PirDevice(_board.Pin(17), _board.Time, at => at > 3_000_000);
        _ = new VibrationSwitchDevice(_board.Pin(27), _board.Time, at => at > 3_000_000 ? 1 : 0, seed: 1);
    }

    [Fact]
    public void All_of_them_make_one_sample_and_a_distance_follows_the_temperature()
    {
        _distance.AirCelsius = _ => 35;
        _climate.Celsius = _ => 35;
        HcSr04 distance = new(_board.OpenOutput(23, false), _board.OpenInput(24, PinPull.Down), _board.Clock, new HcSr04Settings());
        SensorGroup group = Group(_board, distance);
        Assert.Equal(SensorStatus.Ok, group.Start());
        float[] values = new float[group.ChannelCount];
        for (int turn = 1; turn <= 50; turn++)
        {
            _board.Time.SleepUntil(turn * 100_000);
            Assert.Equal(SensorStatus.Ok, group.Read(values, 0));
            distance.AirCelsius = values[0];
        }
        Assert.Equal(35, values[0], 0.02);
        Assert.Equal(-0.5, values[5], 0.001);
        Assert.Equal(1.65, values[8], 0.01);
        // Measured a turn ago, at 4.9 s, while things move away by a centimetre a turn.
        Assert.Equal(1.49, values[9], 0.002);
        Assert.Equal(1, values[10]);
        Assert.Equal(100, values[12]);
        Assert.Equal("HC-SR501.pulses", group.ChannelName(11));
        Assert.Equal("SW-420.pulses", group.ChannelName(12));
    }

    [Fact]
    public void On_an_empty_board_what_can_tell_says_so_and_nothing_hangs()
    {
        SimulatedBoard empty = new();
        HcSr04 distance = new(empty.OpenOutput(23, false), empty.OpenInput(24, PinPull.Down), empty.Clock, new HcSr04Settings());
        SensorGroup group = Group(empty, distance);
        Assert.Equal(BusStatus.NoAnswer, group.Start());
        float[] values = new float[group.ChannelCount];
        for (int turn = 1; turn <= 20; turn++)
        {
            empty.Time.SleepUntil(turn * 100_000);
            Assert.Equal(SensorStatus.Ok, group.Read(values, 0));
        }
        for (int channel = 0; channel < 8; channel++) Assert.True(float.IsNaN(values[channel]), group.ChannelName(channel));
        Assert.True(float.IsNaN(values[9]), group.ChannelName(9));
        // A line that is held low, and pins at rest, are not to be told from devices that say nothing.
        Assert.Equal([0, 0, 0, 0, 0], new[] { values[8], values[10], values[11], values[12], values[13] });
    }

    private static SensorGroup Group(SimulatedBoard board, HcSr04 distance) =>
        new(
        [
            new Bme280(board.OpenI2c(1, 0x76, Bme280.LongestTransfer), board.Clock, new Bme280Settings()),
            new Ina219(board.OpenI2c(1, 0x40, Ina219.LongestTransfer), board.Clock, new Ina219Settings()),
            new Ads1115(board.OpenI2c(1, 0x48, Ads1115.LongestTransfer), board.Clock, new Ads1115Settings { ConversionsPerSecond = 860 }),
            new Mcp3008(board.OpenSpi(0, 0, 1_000_000, 0, Mcp3008.LongestTransfer), new Mcp3008Settings()),
            distance,
            new Pir(board.OpenInput(17, PinPull.Down), board.Clock, new PirSettings { WarmUpMicros = 0 }),
            new VibrationSwitch(board.OpenInput(27, PinPull.Down), board.Clock, new VibrationSwitchSettings()),
        ], 5);
}
