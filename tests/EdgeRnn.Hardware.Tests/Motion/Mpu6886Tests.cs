using System;
using System.Linq;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Motion;

/// <summary>Where the MPU-6886 is another device than the MPU-6050.</summary>
public sealed class Mpu6886Tests
{
    private readonly VirtualClock _clock = new();
    private readonly SimulatedMpu6886 _device;
    private readonly SimulatedRegisterBus _bus;

    public Mpu6886Tests()
    {
        _device = new SimulatedMpu6886(_clock) { StartUpMicros = 100_000 };
        _bus = new SimulatedRegisterBus(_device);
    }

    [Theory]
    [InlineData(25, 0)]
    [InlineData(26, 327)]
    [InlineData(-40, -21242)]
    [InlineData(85, 19608)]
    public void Temperature_is_counts_over_326_8_plus_25(double celsius, int expected)
    {
        _device.Temperature = _ => celsius;
        foreach (bool useFifo in new[] { true, false })
        {
            Mpu6886 sensor = Started(new() { UseTemperature = true, UseFifo = useFifo });
            short[] counts = new short[7];
            float[] values = new float[7];
            _clock.Advance(20_000);
            Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(counts, 0));
            Assert.Equal(SensorStatus.Ok, sensor.Read(values, 0));
            Assert.Equal(expected, counts[6]);
            Assert.Equal(expected / 326.8 + 25, values[6], 1e-5);
        }
    }

    [Theory]
    [InlineData(2, 16384)]
    [InlineData(4, 8192)]
    [InlineData(8, 4096)]
    [InlineData(16, 2048)]
    public void Acceleration_has_the_data_sheets_counts_per_g(int range, int perG)
    {
        Mpu6886 sensor = Started(new() { AccelerationRange = range });
        short[] counts = new short[6];
        _clock.Advance(10_000);
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(counts, 0));
        Assert.Equal([0, 0, (short)perG], counts[..3]);
        Assert.Equal(9.80665f / perG, sensor.CountScale(2));
    }

    [Fact]
    public void Settings_are_in_the_registers_of_the_data_sheet()
    {
        Started(new() { AccelerationRange = 16, RotationRange = 500, Filter = 2, PeriodMicros = 4000, Watermark = 20 });
        Assert.Equal([0x03, 0x02, 0x08, 0x18, 0x02], new[] { 0x19, 0x1A, 0x1B, 0x1C, 0x1D }.Select(Register));
        Assert.Equal([0x18, 0x01, 0x18, 0x02, 0x40, 0x01], new[] { 0x23, 0x60, 0x61, 0x69, 0x6A, 0x6B }.Select(Register));
    }

    [Fact]
    public void The_FIFO_holds_the_temperature_with_either_of_the_others()
    {
        foreach (bool useRotation in new[] { true, false })
        {
            _device.Acceleration = _ => (9.80665, 0, 0);
            _device.Rotation = _ => (1, 2, 3);
            _device.Temperature = _ => 26;
            Mpu6886 sensor = Started(new() { UseAcceleration = !useRotation, UseRotation = useRotation });
            _clock.Advance(20_000);
            Assert.Equal([0, 16], new[] { 0x72, 0x73 }.Select(Register));
            short[] counts = new short[3];
            for (int i = 0; i < 2; i++)
            {
                Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(counts, 0));
                Assert.Equal(useRotation ? [131, 262, 393] : [16384, 0, 0], counts.Select(count => (int)count));
            }
        }
    }

    [Theory, InlineData(1, true), InlineData(20, true), InlineData(50, true), InlineData(20, false)]
    public void The_watermark_raises_the_interrupt_until_the_FIFO_is_read(int watermark, bool useRotation)
    {
        Mpu6886 sensor = Started(new() { Watermark = watermark, UseRotation = useRotation });
        for (int sample = 1; sample < watermark; sample++) _clock.Advance(10_000);
        Assert.False(_device.IsInterrupting);
        _clock.Advance(10_000);
        Assert.True(_device.IsInterrupting);
        int samples = 0;
        while (sensor.Read(new float[6], 0) == SensorStatus.Ok) samples++;
        Assert.Equal(watermark, samples);
        Assert.False(_device.IsInterrupting);
    }

    [Fact]
    public void Without_a_watermark_the_interrupt_stays_quiet()
    {
        Started(new());
        _clock.Advance(700_000);
        Assert.False(_device.IsInterrupting);
    }

    [Fact]
    public void The_drivers_of_the_two_devices_refuse_each_others()
    {
        Assert.Equal(SensorStatus.WrongDevice, new Mpu6050(_bus, _clock, new()).Start());
        Assert.Equal(SensorStatus.WrongDevice, new Mpu6886(new SimulatedRegisterBus(new SimulatedMpu6050(_clock)), _clock, new()).Start());
    }

    [Theory]
    [InlineData(51, true, "Mpu6886Settings.Watermark: expected 0 to 50, found 51")]
    [InlineData(-1, true, "Mpu6886Settings.Watermark: expected 0 to 50, found -1")]
    [InlineData(1, false, "Mpu6886Settings.Watermark: expected 0, because UseFifo is false, found 1")]
    public void A_watermark_the_device_does_not_have_is_refused(int watermark, bool useFifo, string expected) => Assert.Equal(expected,
        Assert.Throws<ArgumentException>(() => new Mpu6886(_bus, _clock, new() { Watermark = watermark, UseFifo = useFifo })).Message);

    [Fact]
    public void The_simulated_FIFO_gives_ones_when_it_is_empty()
    {
        Assert.Equal([0x41, 0x19, 0xFF, 0xFF], new[] { 0x6B, 0x75, 0x74, 0x74 }.Select(Register));
        byte[] read = new byte[4];
        _bus.Read(0x74, read, 0, 4);
        Assert.Equal([0xFF, 0xFF, 0xFF, 0xFF], read);
    }

    private Mpu6886 Started(Mpu6886Settings settings)
    {
        Mpu6886 sensor = new(_bus, _clock, settings);
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        return sensor;
    }

    private int Register(int register)
    {
        byte[] read = new byte[1];
        Assert.Equal(BusStatus.Ok, _bus.Read(register, read, 0, 1));
        return read[0];
    }
}
