using System;
using EdgeRnn.Firmware;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;
using EdgeRnn.Tests.Detection;

namespace EdgeRnn.Tests;

/// <summary>A loop is made of parts that fit each other, or not made: each case is a sound one with one thing wrong.</summary>
public sealed class LoopSettingsTests
{
    [Fact]
    public void Sound_settings_make_a_loop() => Make();

    [Fact]
    public void The_period_of_the_detector_settings_is_used_where_none_is_given()
    {
        SensorLoop loop = Make();
        loop.Start();
        loop.Turn();
        Assert.Equal(100_000, loop.NowMicros);
    }

    [Fact]
    public void A_period_has_to_come_from_somewhere()
    {
        DetectorSettings without = WatchedStream.Settings();
        without.Sensors.PeriodMs = without.Sensors.LateMs = 0;
        Refused("PeriodMicros: expected above 0", detector: WatchedStream.Detector(WatchedStream.Counts, without));
        Refused("PeriodMicros: expected above 0", settings => settings.PeriodMicros = -1);
    }

    [Fact]
    public void Several_samples_in_a_turn_need_a_sensor_that_keeps_them() =>
        Refused("SamplesPerTurn: expected 1, because the script keeps no samples, found 4", settings => settings.SamplesPerTurn = 4);

    [Fact]
    public void A_sensor_that_keeps_samples_measures_at_the_rate_of_the_loop() =>
        Refused("PeriodMicros: expected 5000, the period at which the script measures, found 100000", sensor: new ScriptedSensor(3, 5_000));

    [Fact]
    public void Channels_are_as_many_as_inputs_and_exist()
    {
        Refused("Channels: expected 3 channels", settings => settings.Channels = [0, 1]);
        Refused("Channels: expected 0 to 2, found 3", settings => settings.Channels = [0, 1, 3]);
        Refused("Channels: expected 0 to 2, found -1", settings => settings.Channels = [0, -1, 2]);
        Refused("a sensor with at least 3 channels", sensor: new ScriptedSensor(2));
    }

    [Fact]
    public void Counts_need_a_sensor_that_has_them_and_a_detector_made_for_them()
    {
        Refused("gives no counts", sensor: new ScriptedSensor(3) { HasCounts = false });
        Refused("UseCounts: expected as the detector was made, found 0", settings => settings.UseCounts = false);
        Refused("UseCounts: expected as the detector was made, found 1", detector: WatchedStream.Detector(WatchedStream.Integers));
    }

    [Fact]
    public void Times_are_not_negative()
    {
        Refused("ReportMicros: expected 0 or more", settings => settings.ReportMicros = -1);
        Refused("SaveMicros: expected 0 or more", settings => settings.SaveMicros = -1);
        Refused("RestartTurns: expected 1 or more", settings => settings.RestartTurns = 0);
        Refused("SamplesPerTurn: expected 1 to 1024", settings => settings.SamplesPerTurn = 0);
    }

    private static void Refused(string expected, Action<LoopSettings>? change = null, ScriptedSensor? sensor = null, Detector? detector = null)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => Make(change, sensor, detector));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    private static SensorLoop Make(Action<LoopSettings>? change = null, ScriptedSensor? sensor = null, Detector? detector = null)
    {
        LoopSettings settings = new() { UseCounts = true };
        change?.Invoke(settings);
        return new SensorLoop(detector ?? WatchedStream.Detector(WatchedStream.Counts), sensor ?? new ScriptedSensor(3), new VirtualClock(), settings);
    }
}
