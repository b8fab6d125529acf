using System;
using System.Linq;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Tests.Quantize;

/// <summary>Recordings from a seed, clean and dirty.</summary>
internal static class Recordings
{
    /// <summary>Normally distributed samples that follow slow waves, deviation about 1 in every channel.</summary>
    public static StepArray Noise(int steps, int channels, int seed)
    {
        Random random = new(seed);
        float[] rows = new float[steps * channels];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = (float)(0.8 * Gauss(random) + 0.8 * Math.Sin(i / channels * (0.01 + 0.02 * (i % channels))));
        return new StepArray([rows], channels);
    }

    /// <summary>The recording with every value times a factor.</summary>
    public static StepArray Scaled(StepArray recording, float factor) =>
        new([.. recording.Sequences.Select(sequence => Array.ConvertAll(sequence, value => value * factor))], recording.Features);

    /// <summary>The recording with a share of its values, at random places, times a factor.</summary>
    public static StepArray WithOutliers(StepArray recording, double share, float factor, int seed)
    {
        Random random = new(seed);
        float[] rows = Array.ConvertAll(recording.Sequences[0], value => random.NextDouble() < share ? value * factor : value);
        return new StepArray([rows], recording.Features);
    }

    /// <summary>The recording with a channel stuck at a value for a part of the time.</summary>
    public static StepArray WithStuckChannel(StepArray recording, int channel, float value, int from, int steps)
    {
        float[] rows = [.. recording.Sequences[0]];
        for (int step = from; step < from + steps; step++) rows[step * recording.Features + channel] = value;
        return new StepArray([rows], recording.Features);
    }

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
