using System;
using System.Linq;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Motion;

/// <summary>What the register map of the MPU-6050 says.</summary>
public sealed class Mpu6050Tests
{
    private const double Gravity = 9.80665;

    private readonly VirtualClock _clock = new();
    private readonly SimulatedMpu6050 _device;
    private readonly SimulatedRegisterBus _bus;

    public Mpu6050Tests()
    {
        _device = new SimulatedMpu6050(_clock) { StartUpMicros = 100_000 };
        _bus = new SimulatedRegisterBus(_device);
    }

    [Theory]
    [InlineData(2, 16384)]
    [InlineData(4, 8192)]
    [InlineData(8, 4096)]
    [InlineData(16, 2048)]
    public void Acceleration_has_the_data_sheets_counts_per_g(int range, int perG)
    {
        foreach (bool useFifo in new[] { true, false })
        {
            Mpu6050Settings settings = new() { AccelerationRange = range, UseFifo = useFifo };
            (short[] counts, float[] values) = Measure(settings, (Gravity, -Gravity, 2.5 * range * Gravity));
            Assert.Equal([(short)perG, (short)-perG, short.MaxValue], counts[..3]);
            // 1 part in 8 million: single precision.
            Assert.Equal([9.80665f, -9.80665f], values[..2]);
            Assert.Equal(range * Gravity * 32767 / 32768, values[2], range * 1e-6);
        }
    }

    [Theory]
    [InlineData(250, 131)]
    [InlineData(500, 65.5)]
    [InlineData(1000, 32.8)]
    [InlineData(2000, 16.4)]
    public void Rotation_has_the_data_sheets_counts_per_degree_a_second(int range, double perDegree)
    {
        _device.Rotation = _ => (-100, 1, 10.0 * range);
        foreach (bool useFifo in new[] { true, false })
        {
            (short[] counts, float[] values) = Measure(new() { RotationRange = range, UseFifo = useFifo }, (0, 0, 0));
            Assert.Equal([(short)Math.Round(-100 * perDegree), (short)Math.Round(perDegree), short.MaxValue], counts[3..]);
            for (int i = 3; i < 6; i++) Assert.Equal((float)(counts[i] * (1 / perDegree)), values[i], 1e-6 * Math.Abs(values[i]));
        }
    }

    [Theory]
    [InlineData(36.53, 0)]
    [InlineData(25, -3920)]
    [InlineData(-40, -26020)]
    [InlineData(85, 16480)]
    public void Temperature_is_counts_over_340_plus_36_53(double celsius, int expected)
    {
        _device.Temperature = _ => celsius;
        foreach (bool useFifo in new[] { true, false })
        {
            (short[] counts, float[] values) = Measure(new() { UseTemperature = true, UseFifo = useFifo }, (0, 0, 0));
            Assert.Equal(expected, counts[6]);
            Assert.Equal(expected / 340.0 + 36.53, values[6], 1e-5);
        }
    }

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(5000, 4)]
    [InlineData(256_000, 255)]
    public void The_sample_rate_is_a_thousand_hertz_over_one_plus_the_divider(int periodMicros, int divider)
    {
        Mpu6050 sensor = Started(new() { PeriodMicros = periodMicros });
        Assert.Equal(divider, Register(0x19));
        Assert.Equal(periodMicros, sensor.SamplePeriodMicros);
        _clock.Advance(70 * periodMicros);
        int samples = 0;
        while (sensor.Read(new float[6], 0) == SensorStatus.Ok) samples++;
        Assert.Equal(70, samples);
    }

    [Fact]
    public void Settings_are_in_the_registers_of_the_register_map()
    {
        Started(new() { AccelerationRange = 8, RotationRange = 1000, Filter = 4, UseTemperature = true });
        Assert.Equal([0x09, 0x04, 0x10, 0x10], new[] { 0x19, 0x1A, 0x1B, 0x1C }.Select(Register));
        Assert.Equal([0xF8, 0x00, 0x40, 0x01, 0x00], new[] { 0x23, 0x38, 0x6A, 0x6B, 0x6C }.Select(Register));
    }

    [Fact]
    public void What_is_not_used_sleeps_and_is_not_in_the_FIFO()
    {
        Mpu6050 sensor = Started(new() { UseRotation = false });
        Assert.Equal([0x08, 0x00, 0x07], new[] { 0x23, 0x6B, 0x6C }.Select(Register));
        _clock.Advance(30_000);
        Assert.Equal([0x00, 18], new[] { 0x72, 0x73 }.Select(Register));
        Assert.Equal(3, sensor.ChannelCount);
        Started(new() { UseAcceleration = false });
        Assert.Equal([0x70, 0x01, 0x38], new[] { 0x23, 0x6B, 0x6C }.Select(Register));
    }

    [Fact]
    public void A_FIFO_with_half_a_sample_in_it_is_emptied_and_the_next_samples_are_whole()
    {
        Mpu6050 sensor = Started(new());
        _device.Acceleration = _ => (Gravity, Gravity / 2, Gravity / 4);
        _clock.Advance(20_000);
        short[] counts = new short[6];
        // One byte too many, as a burst leaves it that ended early without anyone noticing.
        _bus.Read(0x74, new byte[11], 0, 11);
        Assert.Equal(SensorStatus.Overflow, sensor.ReadCounts(counts, 0));
        Assert.Equal(SensorStatus.NoSample, sensor.ReadCounts(counts, 0));
        _clock.Advance(20_000);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(counts, 0));
            Assert.Equal([16384, 8192, 4096], counts[..3].Select(count => (int)count));
        }
    }

    [Fact]
    public void A_count_that_was_read_while_a_sample_was_being_written_is_read_again()
    {
        OddCount bus = new(_bus);
        Mpu6050 sensor = new(bus, _clock, new());
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        _clock.Advance(30_000);
        bus.OddCounts = 1;
        for (int i = 0; i < 3; i++) Assert.Equal(SensorStatus.Ok, sensor.Read(new float[6], 0));
        Assert.Equal(SensorStatus.NoSample, sensor.Read(new float[6], 0));
        bus.OddCounts = 2;
        _clock.Advance(10_000);
        Assert.Equal(SensorStatus.Overflow, sensor.Read(new float[6], 0));
    }

    [Fact]
    public void A_start_waits_until_the_device_takes_settings()
    {
        Mpu6050 sensor = new(_bus, _clock, new());
        _device.StartUpMicros = 101_000;
        Assert.Equal(SensorStatus.LostSettings, sensor.Start());
        _device.StartUpMicros = 100_000;
        Assert.Equal(SensorStatus.Ok, sensor.Start());
    }

    [Theory]
    [InlineData("AccelerationRange", 3, "Mpu6050Settings.AccelerationRange: expected 2, 4, 8 or 16, found 3")]
    [InlineData("RotationRange", 300, "Mpu6050Settings.RotationRange: expected 250, 500, 1000 or 2000, found 300")]
    [InlineData("Filter", 0, "Mpu6050Settings.Filter: expected 1 to 6, found 0")]
    [InlineData("PeriodMicros", 1500, "Mpu6050Settings.PeriodMicros: expected a whole number of thousands from 1000 to 256000, found 1500")]
    [InlineData("PeriodMicros", 0, "Mpu6050Settings.PeriodMicros: expected a whole number of thousands from 1000 to 256000, found 0")]
    [InlineData("PeriodMicros", 257_000, "Mpu6050Settings.PeriodMicros: expected a whole number of thousands from 1000 to 256000, " +
        "found 257000")]
    public void A_setting_the_device_does_not_have_is_refused(string name, int value, string expected)
    {
        Mpu6050Settings settings = new();
        typeof(Mpu6050Settings).GetProperty(name)!.SetValue(settings, value);
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => new Mpu6050(_bus, _clock, settings)).Message);
    }

    [Fact]
    public void Settings_without_any_motion_are_refused()
    {
        Mpu6050Settings settings = new() { UseAcceleration = false, UseRotation = false, UseTemperature = true };
        Assert.Equal("Mpu6050Settings: expected UseAcceleration or UseRotation, found neither",
            Assert.Throws<ArgumentException>(() => new Mpu6050(_bus, _clock, settings)).Message);
    }

    [Fact]
    public void The_simulated_device_sleeps_after_power_up_and_after_a_reset()
    {
        _clock.Advance(1_000_000);
        Assert.Equal([0x40, 0x68, 0x00], new[] { 0x6B, 0x75, 0x3F }.Select(Register));
        Write(0x6B, 0x00);
        _clock.Advance(1000);
        Assert.Equal(0x40, Register(0x3F));
        Write(0x1C, 0x18);
        Write(0x6B, 0x80);
        Assert.Equal([0x40, 0x00, 0x00], new[] { 0x6B, 0x1C, 0x3F }.Select(Register));
    }

    [Fact]
    public void The_simulated_FIFO_loses_its_oldest_bytes_says_so_and_gives_its_last_byte_again_when_it_is_empty()
    {
        _device.Acceleration = micros => (0, 0, micros < 1_000_000 ? Gravity : -Gravity);
        Write(0x6B, 0x00);
        Write(0x1A, 0x03);
        Write(0x38, 0x10);
        Write(0x23, 0x08);
        Write(0x6A, 0x40);
        _clock.Advance(170_000);
        Assert.Equal([1020 >> 8, 1020 & 0xFF, 0x00], new[] { 0x72, 0x73, 0x3A }.Select(Register));
        _clock.Advance(10_000);
        Assert.Equal([0x04, 0x00, 0x10, 0x00], new[] { 0x72, 0x73, 0x3A, 0x3A }.Select(Register));
        byte[] read = new byte[1030];
        for (int at = 0; at < 1030; at += 515) _bus.Read(0x74, read, at, 515);
        // 180 samples of 6 bytes, of which the last 1024 are left: the first of them are the last four of a sample.
        Assert.Equal([0, 0, 0x40, 0, 0, 0, 0, 0, 0x40, 0], read[..10]);
        Assert.All(read[1024..], value => Assert.Equal(0, value));
        Assert.Equal([0, 0], new[] { 0x72, 0x73 }.Select(Register));
    }

    private (short[] Counts, float[] Values) Measure(Mpu6050Settings settings, (double, double, double) acceleration)
    {
        Mpu6050 sensor = Started(settings);
        _device.Acceleration = _ => acceleration;
        short[] counts = new short[sensor.ChannelCount];
        float[] values = new float[sensor.ChannelCount];
        _clock.Advance(20_000);
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(counts, 0));
        Assert.Equal(SensorStatus.Ok, sensor.Read(values, 0));
        return (counts, values);
    }

    private Mpu6050 Started(Mpu6050Settings settings)
    {
        Mpu6050 sensor = new(_bus, _clock, settings);
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        return sensor;
    }

    private int Register(int register)
    {
        byte[] read = new byte[1];
        Assert.Equal(BusStatus.Ok, _bus.Read(register, read, 0, 1));
        return read[0];
    }

    // A bus on which the FIFO's count is four bytes too high a few times.
    private sealed class OddCount(IRegisterBus bus) : IRegisterBus
    {
        public int OddCounts { get; set; }

        public int Read(int register, byte[] buffer, int offset, int count)
        {
            int status = bus.Read(register, buffer, offset, count);
            if (register == 0x72 && OddCounts-- > 0) buffer[offset + 1] += 4;
            return status;
        }

        public int Write(int register, byte[] buffer, int offset, int count) => bus.Write(register, buffer, offset, count);
    }

    private void Write(int register, byte value) => Assert.Equal(BusStatus.Ok, _bus.Write(register, [value], 0, 1));
}
