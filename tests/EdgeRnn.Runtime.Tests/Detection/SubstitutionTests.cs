using System;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>What the network reads in place of a faulty sample, and what the checks let through. The score of kind Level shows the sample it read.</summary>
public sealed class SubstitutionTests
{
    private const float Mean = 100, Deviation = 10;

    [Theory]
    [InlineData(SubstitutionKind.Hold, 130, 130, 130)]
    [InlineData(SubstitutionKind.Decay, 115, 107.5f, 103.75f)]
    [InlineData(SubstitutionKind.Mask, 100, 100, 100)]
    public void A_faulty_sample_is_replaced_as_asked(SubstitutionKind kind, float first, float second, float third)
    {
        Detector detector = Level(new SensorSettings { Substitution = kind, DecayRate = 0.5f });
        Step(detector, 130);
        float[] found = [.. Enumerable.Range(0, 3).Select(_ => Read(detector, float.NaN))];
        // Three standard deviations, with 16 fraction bits of one.
        for (int i = 0; i < 3; i++) Assert.Equal((new[] { first, second, third }[i] - Mean) / Deviation, found[i], 1e-4f);
    }

    [Theory]
    [InlineData(SubstitutionKind.Hold)]
    [InlineData(SubstitutionKind.Decay)]
    [InlineData(SubstitutionKind.Mask)]
    public void Without_a_good_sample_the_mean_is_read(SubstitutionKind kind)
    {
        Detector detector = Level(new SensorSettings { Substitution = kind });
        Assert.Equal(0, Read(detector, float.NaN));
        Assert.Equal((DetectorState.Ready, 1, 1), (Step(detector, 100, 100), detector.SubstitutedReadings, 0 + (detector.IsBlind ? 0 : 1)));
    }

    [Fact]
    public void Decay_between_the_largest_floats_stays_finite()
    {
        RecurrentGraph graph = OneChannel(new Preprocessing([-3e38f], [1e-30f], 8));
        Detector detector = new(Model.Load(ErnnWriter.Write(graph)), Settings(new SensorSettings { Substitution = SubstitutionKind.Decay, DecayRate = 0.5f }), false);
        detector.Step([3e38f], 0);
        for (int t = 0; t < 50; t++) detector.Step([float.NaN], 0);
        byte[] state = new byte[detector.SavedStateBytes];
        detector.SaveState(state, 0);
        Assert.Equal(StateStatus.Restored, detector.RestoreState(state, 0, state.Length));
        Assert.Equal(0, detector.RestartCount);
    }

    [Theory]
    [InlineData(float.NaN, SensorFaultKind.NotANumber)]
    [InlineData(float.PositiveInfinity, SensorFaultKind.Infinite)]
    [InlineData(float.NegativeInfinity, SensorFaultKind.Infinite)]
    [InlineData(float.MaxValue, SensorFaultKind.OutOfRange)]
    [InlineData(-1e30f, SensorFaultKind.OutOfRange)]
    [InlineData(1e9f, SensorFaultKind.None)]
    [InlineData(0, SensorFaultKind.None)]
    public void Without_any_settings_only_what_is_no_reading_at_all_is_a_fault(float reading, SensorFaultKind kind)
    {
        Detector detector = Level(new SensorSettings());
        Step(detector, reading);
        Assert.Equal(kind, detector.FaultOf(0));
    }

    [Theory]
    [InlineData(89.9f, SensorFaultKind.OutOfRange)]
    [InlineData(90, SensorFaultKind.None)]
    [InlineData(110, SensorFaultKind.None)]
    [InlineData(110.1f, SensorFaultKind.OutOfRange)]
    public void Limits_belong_to_the_range(float reading, SensorFaultKind kind)
    {
        Detector detector = Level(new SensorSettings { Lowest = [90], Highest = [110] });
        Step(detector, reading);
        Assert.Equal(kind, detector.FaultOf(0));
    }

    [Fact]
    public void A_change_of_exactly_the_spike_limit_is_believed_and_a_change_of_level_costs_one_tick()
    {
        Detector detector = Level(new SensorSettings { SpikeStep = [7] });
        SensorFaultKind[] kinds = [.. new float[] { 103, 110, 103, 111, 103, 130, 131, 138, 145.1f, 300, 138 }.Select(reading =>
        {
            Step(detector, reading);
            return detector.FaultOf(0);
        })];
        const SensorFaultKind None = SensorFaultKind.None, Spike = SensorFaultKind.Spike;
        Assert.Equal([None, None, None, Spike, None, Spike, None, None, Spike, Spike, None], kinds);
    }

    [Fact]
    public void A_step_smaller_than_the_scale_of_readings_is_still_a_limit()
    {
        Detector detector = Level(new SensorSettings { SpikeStep = [1e-7f] });
        Step(detector, 100);
        Step(detector, 101);
        Assert.Equal(SensorFaultKind.Spike, detector.FaultOf(0));
    }

    [Fact]
    public void A_sensor_is_stuck_from_one_reading_too_many_until_the_first_other_one()
    {
        Detector detector = Level(new SensorSettings { StuckSteps = [3] });
        SensorFaultKind[] kinds = [.. new float[] { 100, 100, 100, 100, 100, 101, 101, 101, 100, float.NaN, 100, 100, 100 }.Select(reading =>
        {
            Step(detector, reading);
            return detector.FaultOf(0);
        })];
        Assert.Equal([3, 4, 12], Enumerable.Range(0, kinds.Length).Where(i => kinds[i] == SensorFaultKind.Stuck));
    }

    [Fact]
    public void A_flat_line_is_found_within_twice_its_steps_and_a_channel_can_be_left_out()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            Detector detector = Level(new SensorSettings { FlatSteps = 10, FlatRange = [2] }), blind = Level(new SensorSettings { FlatSteps = 10, FlatRange = [-1] });
            for (int t = 0; t < 30; t++)
            {
                // Never ten readings within 2 of each other: every other one is far.
                float alive = 100 + (t % 2 == 0 ? 5 : -5) + (float)random.NextDouble();
                Step(detector, alive);
                Assert.Equal(SensorFaultKind.None, detector.FaultOf(0));
            }
            int found = -1;
            for (int t = 0; t < 20 && found < 0; t++)
            {
                float flat = 100 + 1.9f * (float)random.NextDouble();
                Step(detector, flat);
                Step(blind, 100);
                if (detector.FaultOf(0) == SensorFaultKind.FlatLine) found = t;
            }
            Assert.True(found is >= 9 and < 20, $"seed {seed}: found after {found}");
            Assert.Equal(SensorFaultKind.None, blind.FaultOf(0));
            Step(detector, 110);
            Assert.Equal(SensorFaultKind.None, detector.FaultOf(0));
        }
    }

    [Fact]
    public void Settings_changed_after_creation_change_nothing()
    {
        SensorSettings sensors = new() { StuckSteps = [3], Lowest = [0], SpikeStep = [50] };
        Detector detector = Level(sensors);
        (sensors.StuckSteps[0], sensors.Lowest[0], sensors.SpikeStep[0]) = (1, 1000, 0.001f);
        for (int t = 0; t < 3; t++)
        {
            Step(detector, 100);
            Assert.Equal(SensorFaultKind.None, detector.FaultOf(0));
        }
        byte[] state = new byte[detector.SavedStateBytes];
        detector.SaveState(state, 0);
        Assert.Equal(StateStatus.Restored, detector.RestoreState(state, 0, state.Length));
    }

    private static float Read(Detector detector, float reading)
    {
        detector.Step([reading], 0);
        return detector.LatestScore;
    }

    private static DetectorState Step(Detector detector, params float[] readings)
    {
        foreach (float reading in readings) detector.Step([reading], 0);
        return detector.State;
    }

    private static Detector Level(SensorSettings sensors) =>
        new(Model.Load(ErnnWriter.Write(OneChannel(new Preprocessing([Mean], [1 / Deviation], 0)))), Settings(sensors), false);

    private static DetectorSettings Settings(SensorSettings sensors) =>
        new() { Kind = ScoreKind.Level, Threshold = ThresholdMethod.Fixed, Level = 10_000, Smoothing = 1, Sensors = sensors };

    private static RecurrentGraph OneChannel(Preprocessing preprocessing) => Graphs.Whole(Graphs.Chain(1, new Graphs(3).Gru(4)), preprocessing: preprocessing);
}
