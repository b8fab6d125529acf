using System;
using System.Linq;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Motion;

/// <summary>What the data sheet of the ADXL345 says.</summary>
public sealed class Adxl345Tests
{
    private const double Gravity = 9.80665;

    private readonly VirtualClock _clock = new();
    private readonly SimulatedAdxl345 _device;
    private readonly SimulatedRegisterBus _bus;

    public Adxl345Tests()
    {
        _device = new SimulatedAdxl345(_clock);
        _bus = new SimulatedRegisterBus(_device);
    }

    [Theory]
    [InlineData(2, 511)]
    [InlineData(4, 1023)]
    [InlineData(8, 2047)]
    [InlineData(16, 4095)]
    public void A_count_is_3_9_thousandths_of_g_at_every_range(int range, int most)
    {
        foreach (bool useFifo in new[] { true, false })
        {
            Adxl345 sensor = Started(new() { Range = range, UseFifo = useFifo });
            short[] counts = new short[3];
            float[] values = new float[3];
            _device.Acceleration = _ => (Gravity, -1.5 * Gravity, 1.1 * range * Gravity);
            _clock.Advance(20_000);
            Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(counts, 0));
            Assert.Equal(SensorStatus.Ok, sensor.Read(values, 0));
            Assert.Equal([256, -384, (short)most], counts);
            Assert.Equal([9.80665f, -1.5f * 9.80665f], values[..2]);
            // The data sheet rounds 1/256 g to 3.9 mg.
            Assert.Equal(0.0039, sensor.CountScale(0) / Gravity, 1e-5);
        }
    }

    [Fact]
    public void The_most_negative_count_is_one_beyond_the_most_positive()
    {
        Adxl345 sensor = Started(new() { Range = 2 });
        short[] counts = new short[3];
        _device.Acceleration = _ => (-2 * Gravity, -5 * Gravity, -1 / 256.0 * Gravity);
        _clock.Advance(10_000);
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(counts, 0));
        Assert.Equal([-512, -512, -1], counts);
    }

    [Theory]
    [InlineData(625, 0x0E)]
    [InlineData(1250, 0x0D)]
    [InlineData(2500, 0x0C)]
    [InlineData(5000, 0x0B)]
    [InlineData(10_000, 0x0A)]
    [InlineData(20_000, 0x09)]
    [InlineData(40_000, 0x08)]
    [InlineData(80_000, 0x07)]
    [InlineData(160_000, 0x06)]
    [InlineData(1_280_000, 0x03)]
    public void The_rate_has_the_code_of_the_data_sheet(int periodMicros, int code)
    {
        Adxl345 sensor = Started(new() { PeriodMicros = periodMicros });
        Assert.Equal(code, Register(0x2C));
        _clock.Advance(30 * periodMicros);
        Assert.Equal(30, Drain(sensor));
    }

    [Fact]
    public void Settings_are_in_the_registers_of_the_data_sheet()
    {
        Started(new() { Range = 8, Watermark = 17 });
        Assert.Equal([0x08, 0x02, 0x00, 0x0A, 0x91], new[] { 0x2D, 0x2E, 0x2F, 0x31, 0x38 }.Select(Register));
    }

    [Fact]
    public void What_another_program_has_left_is_put_right()
    {
        (int, byte)[] left = [(0x1E, 50), (0x1F, 0x90), (0x20, 0x7F), (0x2A, 0x07), (0x2C, 0x1F), (0x2D, 0x0C), (0x31, 0x27), (0x38, 0x5F)];
        foreach ((int register, byte value) in left) Write(register, value);
        Adxl345 sensor = Started(new());
        short[] counts = new short[3];
        _clock.Advance(10_000);
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(counts, 0));
        Assert.Equal([0, 0, 256], counts);
    }

    [Theory, InlineData(1), InlineData(16), InlineData(31)]
    public void The_watermark_raises_the_interrupt_until_the_FIFO_is_read(int watermark)
    {
        Adxl345 sensor = Started(new() { Watermark = watermark });
        _clock.Advance(10_000 * (watermark - 1));
        Assert.False(_device.IsInterrupting);
        _clock.Advance(10_000);
        Assert.True(_device.IsInterrupting);
        Assert.Equal(0x02, Register(0x30) & 0x02);
        Assert.Equal(watermark, Drain(sensor));
        Assert.False(_device.IsInterrupting);
    }

    [Fact]
    public void Without_a_watermark_the_interrupt_stays_quiet()
    {
        Started(new());
        _clock.Advance(1_000_000);
        Assert.False(_device.IsInterrupting);
    }

    [Theory]
    [InlineData("Range", 3, "Adxl345Settings.Range: expected 2, 4, 8 or 16, found 3")]
    [InlineData("Watermark", 32, "Adxl345Settings.Watermark: expected 0 to 31, found 32")]
    [InlineData("PeriodMicros", 1000, "Adxl345Settings.PeriodMicros: expected 625, 1250, 2500, 5000, 10000, 20000, 40000, 80000, 160000, " +
        "320000, 640000 or 1280000, found 1000")]
    public void A_setting_the_device_does_not_have_is_refused(string name, int value, string expected)
    {
        Adxl345Settings settings = new();
        typeof(Adxl345Settings).GetProperty(name)!.SetValue(settings, value);
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => new Adxl345(_bus, _clock, settings)).Message);
    }

    [Fact]
    public void A_watermark_needs_the_FIFO() => Assert.Equal("Adxl345Settings.Watermark: expected 0, because UseFifo is false, found 4",
        Assert.Throws<ArgumentException>(() => new Adxl345(_bus, _clock, new() { Watermark = 4, UseFifo = false })).Message);

    [Theory]
    [InlineData(0x00, 256)]
    [InlineData(0x01, 128)]
    [InlineData(0x02, 64)]
    [InlineData(0x03, 32)]
    [InlineData(0x0B, 256)]
    [InlineData(0x04, 256 * 64)]
    public void The_simulated_device_has_ten_bits_at_every_range_and_the_full_resolution(byte format, int counts)
    {
        Write(0x31, format);
        Write(0x2D, 0x08);
        _clock.Advance(10_000);
        byte[] read = new byte[6];
        Assert.Equal(BusStatus.Ok, _bus.Read(0x32, read, 0, 6));
        Assert.Equal([0, 0, counts], new[] { 0, 2, 4 }.Select(at => (int)BitConverter.ToInt16(read, at)));
    }

    [Fact]
    public void The_simulated_device_does_not_measure_in_standby_or_asleep()
    {
        Assert.Equal([0xE5, 0x00, 0x0A, 0x02], new[] { 0x00, 0x2D, 0x2C, 0x30 }.Select(Register));
        foreach (byte power in new byte[] { 0x00, 0x0C })
        {
            Write(0x2D, power);
            _clock.Advance(1_000_000);
            Assert.Equal(0, Register(0x30) & 0x80);
        }
    }

    [Fact]
    public void A_level_of_the_simulated_FIFO_is_gone_after_any_read_of_it()
    {
        int measured = 0;
        _device.Acceleration = _ => (++measured / 256.0 * Gravity, 0, 0);
        Write(0x38, 0x80);
        Write(0x2D, 0x08);
        _clock.Advance(50_000);
        Assert.Equal([1, 2], new[] { 0x32, 0x32 }.Select(Register));
        Assert.Equal(3, Register(0x39));
        byte[] read = new byte[8];
        _bus.Read(0x32, read, 0, 8);
        Assert.Equal([3, 0, 0, 0, 0, 0, 0x80, 2], read);
        _clock.Advance(1_000_000);
        Assert.Equal([33, 0x83], new[] { 0x39, 0x30 }.Select(Register));
    }

    private static int Drain(Adxl345 sensor)
    {
        int samples = 0;
        while (sensor.Read(new float[3], 0) == SensorStatus.Ok) samples++;
        return samples;
    }

    private Adxl345 Started(Adxl345Settings settings)
    {
        Adxl345 sensor = new(_bus, _clock, settings);
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        return sensor;
    }

    private int Register(int register)
    {
        byte[] read = new byte[1];
        Assert.Equal(BusStatus.Ok, _bus.Read(register, read, 0, 1));
        return read[0];
    }

    private void Write(int register, byte value) => Assert.Equal(BusStatus.Ok, _bus.Write(register, [value], 0, 1));
}
