using System;
using System.Linq;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Motion;

/// <summary>What the data sheet and the application note of the LIS3DH say.</summary>
public sealed class Lis3dhTests
{
    private const double Gravity = 9.80665;
    private const int CountUp = 0x80;

    private readonly VirtualClock _clock = new();
    private readonly SimulatedLis3dh _device;
    private readonly SimulatedRegisterBus _bus;

    public Lis3dhTests()
    {
        _device = new SimulatedLis3dh(_clock) { StartUpMicros = 5000 };
        _clock.Advance(10_000);
        _bus = new SimulatedRegisterBus(_device);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(8, 4)]
    [InlineData(16, 12)]
    public void A_digit_of_twelve_bits_is_the_data_sheets_thousandths_of_g_and_left_justified(int range, int milliG)
    {
        Lis3dh sensor = Started(new() { Range = range, UseFifo = false });
        short[] counts = new short[3];
        float[] values = new float[3];
        _device.Acceleration = _ => (1.2 * Gravity, -1.2 * Gravity, 100 * Gravity);
        _clock.Advance(100_000);
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(counts, 0));
        Assert.Equal(SensorStatus.Ok, sensor.Read(values, 0));
        Assert.Equal([(short)(16 * 1200 / milliG), (short)(-16 * 1200 / milliG), 16 * 2047], counts);
        // Single precision.
        Assert.Equal(1.2 * Gravity, values[0], 1e-6);
        Assert.Equal(-1.2 * Gravity, values[1], 1e-6);
        Assert.Equal(16_000.0 / milliG, Gravity / sensor.CountScale(0), 1e-2);
    }

    [Fact]
    public void The_FIFO_keeps_ten_of_twelve_bits()
    {
        foreach ((bool useFifo, int digits) in new[] { (false, 1003), (true, 1000) })
        {
            Lis3dh sensor = Started(new() { UseFifo = useFifo });
            short[] counts = new short[3];
            _device.Acceleration = _ => (0, 0, 1.003 * Gravity);
            _clock.Advance(100_000);
            Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(counts, 0));
            Assert.Equal([0, 0, (short)(16 * digits)], counts);
        }
    }

    [Theory]
    [InlineData(1_000_000, 0x17)]
    [InlineData(100_000, 0x27)]
    [InlineData(40_000, 0x37)]
    [InlineData(20_000, 0x47)]
    [InlineData(10_000, 0x57)]
    [InlineData(5000, 0x67)]
    [InlineData(2500, 0x77)]
    public void The_rate_has_the_code_of_the_data_sheet(int periodMicros, int control)
    {
        Lis3dh sensor = Started(new() { PeriodMicros = periodMicros });
        Assert.Equal(control, Register(0x20));
        _clock.Advance(30 * periodMicros);
        Assert.Equal(30 - 7, Drain(sensor));
    }

    [Fact]
    public void Settings_are_in_the_registers_of_the_data_sheet()
    {
        Started(new() { Range = 8, Watermark = 17 });
        Assert.Equal([0x57, 0x00, 0x04, 0xA8, 0x40, 0x00, 0x90], new[] { 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x2E }.Select(Register));
    }

    [Fact]
    public void What_another_program_has_left_is_put_right()
    {
        (int, byte)[] left = [(0x20, 0x2F), (0x21, 0xFF), (0x23, 0x31), (0x24, 0x48), (0x2E, 0x5F), (0x3E, 0x10)];
        foreach ((int register, byte value) in left) Write(register, value);
        Lis3dh sensor = Started(new());
        Assert.Equal([0, 0], new[] { 0x21, 0x3E }.Select(Register));
        short[] counts = new short[3];
        _clock.Advance(80_000);
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(counts, 0));
        Assert.Equal([0, 0, 16_000], counts);
    }

    [Theory, InlineData(1), InlineData(16), InlineData(31)]
    public void The_watermark_raises_the_interrupt_until_the_FIFO_is_read(int watermark)
    {
        Lis3dh sensor = Started(new() { Watermark = watermark });
        _clock.Advance(70_000);
        Assert.Equal(0, Drain(sensor));
        _clock.Advance(10_000 * (watermark - 1));
        Assert.False(_device.IsInterrupting);
        _clock.Advance(10_000);
        Assert.True(_device.IsInterrupting);
        Assert.Equal(watermark, Drain(sensor));
        Assert.False(_device.IsInterrupting);
    }

    [Theory]
    [InlineData("Range", 6, "Lis3dhSettings.Range: expected 2, 4, 8 or 16, found 6")]
    [InlineData("Watermark", 32, "Lis3dhSettings.Watermark: expected 0 to 31, found 32")]
    [InlineData("PeriodMicros", 1000, "Lis3dhSettings.PeriodMicros: expected 1000000, 100000, 40000, 20000, 10000, 5000 or 2500, " +
        "found 1000")]
    public void A_setting_the_device_does_not_have_is_refused(string name, int value, string expected)
    {
        Lis3dhSettings settings = new();
        typeof(Lis3dhSettings).GetProperty(name)!.SetValue(settings, value);
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => new Lis3dh(_bus, _clock, settings)).Message);
    }

    [Fact]
    public void A_watermark_needs_the_FIFO() => Assert.Equal("Lis3dhSettings.Watermark: expected 0, because UseFifo is false, found 4",
        Assert.Throws<ArgumentException>(() => new Lis3dh(_bus, _clock, new() { Watermark = 4, UseFifo = false })).Message);

    [Theory]
    [InlineData(0x57, 0x08, 1003 << 4)]
    [InlineData(0x57, 0x00, 251 << 6)]
    [InlineData(0x5F, 0x00, 63 << 8)]
    public void The_simulated_device_has_twelve_ten_and_eight_bits(byte control1, byte control4, int expected)
    {
        _device.Acceleration = _ => (0, 0, 1.003 * Gravity);
        Write(0x23, control4);
        Write(0x20, control1);
        _clock.Advance(20_000);
        byte[] read = new byte[6];
        Assert.Equal(BusStatus.Ok, _bus.Read(0x28 | CountUp, read, 0, 6));
        Assert.Equal(expected, BitConverter.ToInt16(read, 4));
    }

    [Fact]
    public void The_simulated_device_counts_registers_up_only_where_it_is_told_to()
    {
        byte[] read = new byte[3];
        _bus.Write(0x20 | CountUp, [0x47, 0x01, 0x02], 0, 3);
        Assert.Equal([0x47, 0x01, 0x02], new[] { 0x20, 0x21, 0x22 }.Select(Register));
        _bus.Read(0x20, read, 0, 3);
        Assert.Equal([0x47, 0x47, 0x47], read);
        _bus.Read(0x20 | CountUp, read, 0, 3);
        Assert.Equal([0x47, 0x01, 0x02], read);
    }

    [Fact]
    public void The_simulated_device_is_switched_off_until_it_has_a_rate()
    {
        _clock.Advance(1_000_000);
        Assert.Equal([0x33, 0x07, 0x00], new[] { 0x0F, 0x20, 0x27 }.Select(Register));
        Write(0x20, 0x57);
        _clock.Advance(10_000);
        Assert.Equal(0x0F, Register(0x27));
    }

    [Theory]
    [InlineData(0, 0x20)]
    [InlineData(1, 0x01)]
    [InlineData(15, 0x0F)]
    [InlineData(16, 0x90)]
    [InlineData(31, 0x9F)]
    [InlineData(32, 0xDF)]
    [InlineData(40, 0xDF)]
    public void The_simulated_FIFO_has_the_application_notes_status(int measured, int expected)
    {
        Write(0x24, 0x40);
        Write(0x2E, 0x8F);
        Write(0x20, 0x57);
        _clock.Advance(10_000 * measured);
        Assert.Equal(expected, Register(0x2F));
    }

    private static int Drain(Lis3dh sensor)
    {
        int samples = 0;
        while (sensor.Read(new float[3], 0) == SensorStatus.Ok) samples++;
        return samples;
    }

    private Lis3dh Started(Lis3dhSettings settings)
    {
        Lis3dh sensor = new(_bus, _clock, settings);
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
