using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Hardware;

namespace EdgeRnn.Tests.Motion;

/// <summary>What every motion sensor does, whichever device it is.</summary>
public sealed class MotionSensorTests(ITestOutputHelper output)
{
    private const int Seed = 20_345;

    public static TheoryData<string> Names => MotionRig.Names;

    [Theory, MemberData(nameof(Names))]
    public void Before_its_start_a_sensor_says_so(string name) =>
        Assert.Equal(SensorStatus.NotStarted, MotionRig.Make(name).Sensor.Read(new float[7], 0));

    [Theory, MemberData(nameof(Names))]
    public void Channels_have_names_and_units(string name)
    {
        MotionSensor sensor = MotionRig.Make(name).Sensor;
        string[] channels = [.. Enumerable.Range(0, sensor.ChannelCount).Select(i => $"{sensor.ChannelName(i)} {sensor.ChannelUnit(i)}")];
        string[] acceleration = ["ax m/s2", "ay m/s2", "az m/s2"], rotation = ["gx deg/s", "gy deg/s", "gz deg/s", "temperature degC"];
        Assert.Equal(channels.Length == 7 ? [.. acceleration, .. rotation] : acceleration, channels);
        Assert.True(sensor.HasCounts);
        Assert.StartsWith(sensor.Name, name, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_first_sample_comes_when_the_device_has_measured_it_and_has_settled(string name)
    {
        MotionRig rig = MotionRig.Started(name);
        List<int> numbers = [];
        Assert.Equal(10_000, rig.Sensor.SamplePeriodMicros);
        Assert.Equal(SensorStatus.NoSample, rig.Read(numbers));
        for (int i = 0; i < rig.Settling; i++)
        {
            rig.Pass(1);
            Assert.Equal(SensorStatus.NoSample, rig.Read(numbers));
        }
        rig.Pass(1);
        Assert.Equal(SensorStatus.Ok, rig.Read(numbers));
        Assert.Equal(SensorStatus.NoSample, rig.Read(numbers));
    }

    [Theory, MemberData(nameof(Names))]
    public void Samples_come_once_and_in_their_order_over_many_drains(string name)
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        MotionRig rig = MotionRig.Started(name);
        List<int> numbers = [];
        for (int turn = 0; numbers.Count < 600; turn++)
        {
            rig.Pass(10 * random.NextDouble());
            // Two turns of three take some and leave some.
            if (turn % 3 == 0) Assert.Equal(SensorStatus.NoSample, rig.ReadAll(numbers));
            for (int i = random.Next(6); i > 0; i--) Assert.InRange(rig.Read(numbers), SensorStatus.Ok, SensorStatus.NoSample);
        }
        Assert.Equal(Enumerable.Range(numbers[0], numbers.Count), numbers);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_device_whose_clock_is_off_loses_nothing(string name)
    {
        foreach (int ppm in new[] { -30_000, 30_000 })
        {
            MotionRig rig = MotionRig.Make(name);
            rig.Device.ClockErrorPpm = ppm;
            Assert.Equal(SensorStatus.Ok, rig.Sensor.Start());
            List<int> numbers = [];
            for (int turn = 0; turn < 300; turn++)
            {
                rig.Pass(1);
                Assert.Equal(SensorStatus.NoSample, rig.ReadAll(numbers));
            }
            Assert.Equal(Enumerable.Range(numbers[0], numbers.Count), numbers);
            Assert.InRange(numbers.Count + rig.Settling, 300 * (1 + 1e-6 * ppm) - 1, 300 * (1 + 1e-6 * ppm) + 1);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_FIFO_one_sample_short_of_full_gives_every_sample(string name)
    {
        MotionRig rig = MotionRig.Settled(name);
        List<int> numbers = [];
        rig.Pass(rig.Depth - 1);
        Assert.Equal(SensorStatus.NoSample, rig.ReadAll(numbers));
        Assert.Equal(rig.Depth - 1, numbers.Count);
    }

    [Theory, MemberData(nameof(Names))]
    public void An_overflow_is_reported_once_and_reading_goes_on_with_newer_samples(string name)
    {
        MotionRig rig = MotionRig.Settled(name);
        List<int> before = [], after = [];
        rig.Pass(2);
        Assert.Equal(SensorStatus.NoSample, rig.ReadAll(before));
        for (int i = 0; i < 3; i++)
        {
            rig.Pass(5 * rig.Depth + 0.5);
            Assert.Equal(SensorStatus.Overflow, rig.Read(after));
            Assert.Equal(SensorStatus.NoSample, rig.Read(after));
        }
        rig.Pass(10);
        Assert.Equal(SensorStatus.NoSample, rig.ReadAll(after));
        Assert.Equal(10, after.Count);
        Assert.Equal(Enumerable.Range(before[^1] + 15 * rig.Depth + 2, 10), after);
    }

    [Theory, MemberData(nameof(Names))]
    public void Without_the_FIFO_a_read_gives_the_latest_sample_however_often(string name)
    {
        MotionRig rig = MotionRig.Started(name, useFifo: false);
        short[] first = new short[7], again = new short[7], later = new short[7];
        Assert.Equal(0, rig.Sensor.SamplePeriodMicros);
        Assert.Equal(SensorStatus.NoSample, rig.Sensor.ReadCounts(first, 0));
        rig.Pass(rig.Settling + 1.5);
        Assert.Equal(SensorStatus.Ok, rig.Sensor.ReadCounts(first, 0));
        Assert.Equal(SensorStatus.Ok, rig.Sensor.ReadCounts(again, 0));
        Assert.Equal(first, again);
        rig.Pass(3);
        Assert.Equal(SensorStatus.Ok, rig.Sensor.ReadCounts(later, 0));
        int number = NumberedMotion.NumberAfter(0, first, rig.Step);
        Assert.Equal(number + 3, NumberedMotion.NumberAfter(0, later, rig.Step));
    }

    [Theory, MemberData(nameof(Names))]
    public void Floats_are_counts_times_their_scale_plus_their_offset(string name)
    {
        MotionRig floats = MotionRig.Settled(name), counts = MotionRig.Settled(name);
        float[] values = new float[8];
        short[] numbers = new short[8];
        for (int turn = 0; turn < 50; turn++)
        {
            floats.Pass(1);
            counts.Pass(1);
            Assert.Equal(SensorStatus.Ok, floats.Sensor.Read(values, 1));
            Assert.Equal(SensorStatus.Ok, counts.Sensor.ReadCounts(numbers, 1));
            for (int i = 0; i < floats.Sensor.ChannelCount; i++)
            {
                float expected = numbers[1 + i] * floats.Sensor.CountScale(i) + floats.Sensor.CountOffset(i);
                Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(values[1 + i]));
            }
        }
        Assert.Equal((0f, 0), (values[0], numbers[0]));
    }

    [Theory, InlineData(MotionRig.Adxl345, MotionRig.Adxl345Spi), InlineData(MotionRig.Lis3dh, MotionRig.Lis3dhSpi)]
    public void I2C_and_SPI_give_the_same_bits(string i2c, string spi)
    {
        output.WriteLine($"seed {Seed}");
        foreach (bool useFifo in new[] { true, false })
        {
            MotionRig[] rigs = [MotionRig.Started(i2c, useFifo), MotionRig.Started(spi, useFifo)];
            List<float>[] read = [[], []];
            for (int bus = 0; bus < 2; bus++)
            {
                Random random = new(Seed);
                double Next() => random.NextDouble() * 60 - 30;
                rigs[bus].Device.Acceleration = _ => (Next(), Next(), Next());
                float[] values = new float[3];
                for (int turn = 0; turn < 200; turn++)
                {
                    rigs[bus].Pass(1);
                    if (rigs[bus].Sensor.Read(values, 0) == SensorStatus.Ok) read[bus].AddRange(values);
                }
            }
            Assert.InRange(read[0].Count, 3 * 190, 3 * 200);
            Assert.Equal(read[0].Select(BitConverter.SingleToInt32Bits), read[1].Select(BitConverter.SingleToInt32Bits));
        }
    }
}
