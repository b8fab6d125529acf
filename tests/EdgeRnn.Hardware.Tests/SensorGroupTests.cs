using System;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>Several sensors as one.</summary>
public sealed class SensorGroupTests
{
    private readonly ScriptedSensor _climate = new("BME280", "temperature", "pressure") { Value = 10 };
    private readonly ScriptedSensor _distance = new("HC-SR04", "distance") { Value = 20 };
    private readonly float[] _values = new float[4];
    private readonly short[] _counts = new short[4];

    private SensorGroup Group => field ??= new SensorGroup([_climate, _distance], 3);

    [Fact]
    public void A_sample_holds_the_channels_of_all_one_after_the_other()
    {
        Assert.Equal(SensorStatus.Ok, Group.Start());
        Assert.Equal(SensorStatus.Ok, Group.Read(_values, 1));
        Assert.Equal([0, 10, 11, 20], _values);
        Assert.Equal(SensorStatus.Ok, Group.ReadCounts(_counts, 1));
        Assert.Equal([0, 10, 11, 20], _counts);
        Assert.Equal(("BME280 + HC-SR04", 3, 0, true), (Group.Name, Group.ChannelCount, Group.SamplePeriodMicros, Group.HasCounts));
        Assert.Equal(("pressure", "pressure unit", "distance"), (Group.ChannelName(1), Group.ChannelUnit(1), Group.ChannelName(2)));
    }

    [Theory]
    [InlineData(BusStatus.NoAnswer)]
    [InlineData(SensorStatus.LostSettings)]
    [InlineData(SensorStatus.BadReading)]
    public void While_a_member_is_faulty_only_its_channels_are_NaN(int fault)
    {
        Group.Start();
        Group.Read(_values, 0);
        _climate.Status = fault;
        _distance.Value = 21;
        Assert.Equal(SensorStatus.Ok, Group.Read(_values, 0));
        Assert.Equal([float.NaN, float.NaN, 21, 0], _values);
        Assert.Equal((fault, SensorStatus.Ok), (Group.StatusOf(0), Group.StatusOf(1)));
        Assert.Equal(fault, Group.ReadCounts(_counts, 0));
        _climate.Status = SensorStatus.Ok;
        Assert.Equal(SensorStatus.Ok, Group.Read(_values, 0));
        Assert.Equal([10, 11, 21, 0], _values);
    }

    [Fact]
    public void Where_all_fail_the_first_fault_is_the_groups()
    {
        Group.Start();
        _climate.Status = SensorStatus.BadReading;
        _distance.Status = BusStatus.Failed;
        Assert.Equal(SensorStatus.BadReading, Group.Read(_values, 0));
        Assert.Equal(SensorStatus.BadReading, Group.ReadCounts(_counts, 0));
    }

    [Fact]
    public void A_member_without_a_new_sample_repeats_its_last_one()
    {
        Group.Start();
        _distance.Status = SensorStatus.NoSample;
        Assert.Equal(SensorStatus.Ok, Group.Read(_values, 0));
        Assert.Equal([10, 11, float.NaN, 0], _values);
        Assert.Equal(SensorStatus.NoSample, Group.ReadCounts(_counts, 0));
        _distance.Status = SensorStatus.Ok;
        Group.Read(_values, 0);
        Group.ReadCounts(_counts, 0);
        _distance.Status = SensorStatus.NoSample;
        Assert.Equal(SensorStatus.Ok, Group.Read(_values, 0));
        Assert.Equal([10, 11, 20, 0], _values);
        Assert.Equal(SensorStatus.Ok, Group.ReadCounts(_counts, 0));
        Assert.Equal([10, 11, 20, 0], _counts);
        _climate.Status = SensorStatus.NoSample;
        Assert.Equal(SensorStatus.NoSample, Group.Read(_values, 0));
        Assert.Equal(SensorStatus.NoSample, Group.ReadCounts(_counts, 0));
    }

    [Fact]
    public void After_a_fault_a_member_has_no_old_sample_to_repeat()
    {
        Group.Start();
        Group.Read(_values, 0);
        _distance.Status = SensorStatus.BadReading;
        Group.Read(_values, 0);
        _distance.Status = SensorStatus.NoSample;
        Assert.Equal(SensorStatus.Ok, Group.Read(_values, 0));
        Assert.Equal([10, 11, float.NaN, 0], _values);
    }

    [Theory]
    [InlineData(BusStatus.NoAnswer, 3)]
    [InlineData(SensorStatus.LostSettings, 3)]
    [InlineData(SensorStatus.NotStarted, 3)]
    [InlineData(SensorStatus.WrongDevice, 3)]
    [InlineData(SensorStatus.BadReading, 1)]
    [InlineData(SensorStatus.NoSample, 1)]
    public void A_lost_member_is_started_again_after_as_many_reads_and_again_after_as_many(int status, int starts)
    {
        Group.Start();
        _climate.Status = status;
        for (int i = 0; i < 8; i++) Group.Read(_values, 0);
        Assert.Equal((starts, 1), (_climate.Starts, _distance.Starts));
    }

    [Fact]
    public void Faulty_reads_count_in_a_row()
    {
        Group.Start();
        for (int i = 0; i < 12; i++)
        {
            _climate.Status = i % 3 == 2 ? SensorStatus.Ok : BusStatus.NoAnswer;
            Group.Read(_values, 0);
        }
        Assert.Equal(1, _climate.Starts);
    }

    [Fact]
    public void A_member_that_does_not_start_is_reported_and_tried_again_while_the_others_run()
    {
        _climate.StartStatus = _climate.Status = SensorStatus.WrongDevice;
        Assert.Equal(SensorStatus.WrongDevice, Group.Start());
        Assert.Equal(1, _distance.Starts);
        for (int i = 0; i < 3; i++) Assert.Equal(SensorStatus.Ok, Group.Read(_values, 0));
        Assert.Equal(2, _climate.Starts);
    }

    [Fact]
    public void Names_that_collide_are_told_apart_by_the_sensor_and_twins_by_their_number()
    {
        ScriptedSensor first = new("A", "x", "level"), second = new("B", "level"), third = new("B", "level", "y");
        SensorGroup group = new([first, second, third], 1);
        string[] names = new string[5];
        for (int i = 0; i < 5; i++) names[i] = group.ChannelName(i);
        Assert.Equal(["x", "A.level", "B#2.level", "B#3.level", "y"], names);
    }

    [Fact]
    public void A_group_has_counts_where_all_have_them()
    {
        SensorGroup group = new([_climate, new ScriptedSensor("C", "c") { HasCounts = false }], 1);
        Assert.False(group.HasCounts);
        Assert.Equal(SensorStatus.BadReading, group.ReadCounts(_counts, 0));
    }

    [Fact]
    public void What_cannot_be_a_group_is_refused_in_one_line()
    {
        ScriptedSensor keeping = new("MPU-6050", "ax") { SamplePeriodMicros = 1_000 };
        Refused([], 1, "SensorGroup: expected at least one sensor, found none");
        Refused([_climate], 0, "SensorGroup: expected restartReads of 1 or more, found 0");
        Refused([keeping], 1, "SensorGroup: expected sensors that measure when they are read, found the MPU-6050, which keeps samples");
    }

    [Fact]
    public void A_simulated_sensor_that_loses_power_comes_back_within_the_group()
    {
        VirtualClock clock = new();
        Bme280Device device = new(clock);
        Ina219Device power = new(clock) { Volts = _ => 5 };
        Bme280 first = new(new SimulatedRegisterBus(device), clock, new Bme280Settings());
        SensorGroup group = new([first, new Ina219(new SimulatedRegisterBus(power), clock, new Ina219Settings())], 3);
        Assert.Equal(SensorStatus.Ok, group.Start());
        float[] values = new float[7];
        int withoutClimate = 0;
        for (int turn = 1; turn <= 20; turn++)
        {
            clock.Advance(100_000);
            if (turn == 5) device.PowerUp();
            Assert.Equal(SensorStatus.Ok, group.Read(values, 0));
            Assert.Equal(5, values[3], 1e-4);
            if (float.IsNaN(values[0])) withoutClimate++;
            else Assert.Equal(21, values[0], 0.012);
        }
        Assert.Equal(3, withoutClimate);
    }

    private static void Refused(ISensor[] members, int restartReads, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new SensorGroup(members, restartReads)).Message);
}
