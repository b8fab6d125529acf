using System;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware;

// Whether detector, sensor and settings fit each other.
internal static class LoopChecks
{
    private const int MaxSamplesPerTurn = 1024;

    public static int PeriodOf(Detector detector, LoopSettings settings) =>
        settings.PeriodMicros != 0 ? settings.PeriodMicros : 1000 * detector.PeriodMs;

    public static void Check(Detector detector, ISensor sensor, LoopSettings settings)
    {
        int period = PeriodOf(detector, settings), inputs = detector.Model.InputSize;
        Require(period > 0, "PeriodMicros", "above 0, where the model's detector settings have no PeriodMs", period);
        Require(settings.SamplesPerTurn >= 1 && settings.SamplesPerTurn <= MaxSamplesPerTurn, "SamplesPerTurn", "1 to 1024",
            settings.SamplesPerTurn);
        Require(settings.SamplesPerTurn == 1 || sensor.SamplePeriodMicros > 0, "SamplesPerTurn",
            "1, because the " + sensor.Name + " keeps no samples", settings.SamplesPerTurn);
        Require(sensor.SamplePeriodMicros == 0 || sensor.SamplePeriodMicros == period, "PeriodMicros",
            sensor.SamplePeriodMicros.ToString() + ", the period at which the " + sensor.Name + " measures", period);
        Require(settings.ReportMicros >= 0, "ReportMicros", "0 or more", settings.ReportMicros);
        Require(settings.SaveMicros >= 0, "SaveMicros", "0 or more", settings.SaveMicros);
        Require(settings.RestartTurns >= 1, "RestartTurns", "1 or more", settings.RestartTurns);
        Require(!settings.UseCounts || sensor.HasCounts, "UseCounts", "false, because the " + sensor.Name + " gives no counts", 1);
        Require(detector.TakesCounts == settings.UseCounts, "UseCounts", "as the detector was made", settings.UseCounts ? 1 : 0);
        int channels = settings.Channels.Length;
        Require(channels == 0 || channels == inputs, "Channels",
            inputs.ToString() + " channels, as many as the network has inputs", channels);
        Require(channels != 0 || sensor.ChannelCount >= inputs, "Channels",
            "a sensor with at least " + inputs.ToString() + " channels; the " + sensor.Name + " has too few for the network",
            sensor.ChannelCount);
        for (int i = 0; i < channels; i++)
        {
            Require(settings.Channels[i] >= 0 && settings.Channels[i] < sensor.ChannelCount, "Channels",
                "0 to " + (sensor.ChannelCount - 1).ToString(), settings.Channels[i]);
        }
    }

    private static void Require(bool holds, string name, string expected, long found)
    {
        if (!holds) throw new ArgumentException("LoopSettings." + name + ": expected " + expected + ", found " + found.ToString());
    }
}
