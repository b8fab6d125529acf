using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Converter.Evaluate;

namespace EdgeRnn.Accuracy.Tasks;

/// <summary>
/// The rule of the reference detectors: s_t = sum over the channels of |z_t - forecast_(t-1)|, smoothed by an exponentially
/// weighted average; alarm above a threshold. Everything comes from the .json of the trained model.
/// </summary>
public sealed class SkabDetector
{
    private readonly double _clip, _smoothing;
    private readonly double[] _mean, _deviation;

    private SkabDetector(JsonElement settings)
    {
        _clip = settings.GetProperty("clip").GetDouble();
        _smoothing = settings.GetProperty("ewma").GetDouble();
        Threshold = settings.GetProperty("threshold").GetDouble();
        _mean = Numbers(settings.GetProperty("mean"));
        _deviation = Numbers(settings.GetProperty("std"));
    }

    /// <summary>The score above which a row alarms, in standardised units.</summary>
    public double Threshold { get; }

    /// <param name="path">The .json of a trained model.</param>
    public static SkabDetector Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return new SkabDetector(document.RootElement);
    }

    /// <summary>The readings in the units the network was trained on, [rows][8].</summary>
    public double[][] Standardise(SkabRecording recording) => recording.Standardised(_mean, _deviation, _clip);

    /// <summary>One smoothed score per row; the first row has no forecast and scores 0.</summary>
    /// <param name="recording">The readings.</param>
    /// <param name="forecasts">[rows][8], each of the row after it, in standardised units.</param>
    public double[] Scores(SkabRecording recording, IReadOnlyList<float[]> forecasts)
    {
        double[][] z = Standardise(recording);
        double[] scores = new double[z.Length];
        for (int t = 1; t < z.Length; t++)
        {
            double error = z[t].Zip(forecasts[t - 1], (actual, forecast) => Math.Abs(actual - forecast)).Sum();
            scores[t] = scores[t - 1] + _smoothing * (error - scores[t - 1]);
        }
        return scores;
    }

    /// <summary>Whether each score is above the threshold.</summary>
    public bool[] Alarms(IEnumerable<double> scores) => [.. scores.Select(score => score > Threshold)];

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble())];
}
