using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Accuracy;
using EdgeRnn.Accuracy.Tasks;
using EdgeRnn.Converter.Evaluate;

namespace EdgeRnn.Tests.Accuracy;

/// <summary>The detector's rule and the pooling, fed with the published forecasts, give every published figure.</summary>
public sealed class SkabRuleTests
{
    /// <summary>Scores are stored as float32; they reach 80.</summary>
    private const double ScoreTolerance = 1e-5;

    [Theory]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void Scores_are_those_of_the_reference(string cell)
    {
        foreach (string name in Models(cell))
        {
            (SkabDetector detector, SkabRecording recording, float[][] forecasts) = Read(cell, name);
            float[][] expected = Sources.BesideCheckout.Rows($"models/skab-{cell}16/{name}_smoothed_score.npy");
            double error = expected.Zip(detector.Scores(recording, forecasts), (row, score) => Math.Abs(row[0] - score)).Max();
            Assert.True(error <= ScoreTolerance, $"{name}: {error:g3}");
        }
    }

    [Theory]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void Counts_of_every_recording_are_those_of_the_reference(string cell)
    {
        string table = SharedData.Path($"models/skab-{cell}16/reference_confusion.csv");
        Dictionary<string, Confusion> expected = File.ReadLines(table).Skip(1).Select(line => line.Split(','))
            .ToDictionary(cells => cells[0].Replace('/', '_'), cells =>
            {
                long[] counts = Array.ConvertAll(cells[2..], long.Parse);
                return new Confusion(counts[0], counts[1], counts[2], counts[3]);
            });
        foreach (string name in Models(cell)) Assert.Equal(expected[name], CountAlarms(cell, name));
    }

    // Published figures of the 17 open recordings (design/peers.md).
    [Theory]
    [InlineData("gru", 0.758, 0.294, 0.225, 0.482)]
    [InlineData("lstm", 0.759, 0.317, 0.210, 0.477)]
    public void Pooled_figures_are_the_published_ones(string cell, double f1, double falseAlarmRate, double missedAlarmRate,
        double mcc)
    {
        const double ThreeDigits = 0.00051;
        Confusion pooled = Models(cell).Select(name => CountAlarms(cell, name)).Aggregate((a, b) => a + b);
        Assert.Equal(f1, pooled.F1, ThreeDigits);
        Assert.Equal(falseAlarmRate, pooled.FalseAlarmRate, ThreeDigits);
        Assert.Equal(missedAlarmRate, pooled.MissedAlarmRate, ThreeDigits);
        Assert.Equal(mcc, pooled.Mcc, ThreeDigits);
    }

    private static string[] Models(string cell)
    {
        string[] names = [.. Directory.GetFiles(SharedData.Path($"models/skab-{cell}16"), "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path))];
        Assert.NotEmpty(names);
        return names;
    }

    private static Confusion CountAlarms(string cell, string name)
    {
        (SkabDetector detector, SkabRecording recording, float[][] forecasts) = Read(cell, name);
        bool[] alarms = detector.Alarms(detector.Scores(recording, forecasts));
        return Confusion.Count(alarms[SkabRecording.TrainingRows..], recording.Anomalies[SkabRecording.TrainingRows..]);
    }

    private static (SkabDetector Detector, SkabRecording Recording, float[][] Forecasts) Read(string cell, string name) =>
        (SkabDetector.Read(SharedData.Path($"models/skab-{cell}16/{name}.json")),
            SkabRecording.Read(SharedData.Path($"data/skab/{name.Replace('_', '/')}.csv")),
            Sources.BesideCheckout.Rows($"models/skab-{cell}16/{name}_predictions.npy"));
}
