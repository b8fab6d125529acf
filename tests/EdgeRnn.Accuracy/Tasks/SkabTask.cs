using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Evaluate;

namespace EdgeRnn.Accuracy.Tasks;

/// <summary>The forecasting detectors trained on SKAB, one per recording, all rows from 400 on pooled.</summary>
/// <param name="cell"><c>gru</c> or <c>lstm</c>.</param>
public sealed class SkabTask(string cell) : IAccuracyTask
{
    private const double LargestFlippedShare = 0.001;

    private readonly string _models = $"models/skab-{cell}16";

    /// <inheritdoc/>
    public string Name => $"skab-{cell}16";

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders => [_models, "data/skab"];

    /// <inheritdoc/>
    public string Calibration => $"SKAB with the first {SkabRecording.TrainingRows} rows of each recording, which are not scored";

    /// <inheritdoc/>
    public TaskResult Measure(AccuracyRun run)
    {
        string[] models = [.. Directory.GetFiles(run.Sources.Find(_models), "*.json").Order(StringComparer.Ordinal)];
        Alarms[] parts = [.. models.Select(model => Detect(run, Path.GetFileNameWithoutExtension(model)))];
        bool[] labels = [.. parts.SelectMany(part => part.Labels)];
        bool[] published = [.. parts.SelectMany(part => part.Published)];
        bool[] ofFloat = [.. parts.SelectMany(part => part.Float)];
        bool[] quantized = [.. parts.SelectMany(part => part.Quantized)];
        Confusion before = Confusion.Count(published, labels), reference = Confusion.Count(ofFloat, labels);
        Confusion after = Confusion.Count(quantized, labels);
        return new TaskResult($"SKAB {cell.ToUpperInvariant()}-16, {models.Length} recordings",
        [
            Metric("F1", "0.0000", confusion => confusion.F1),
            Metric("false alarm rate", "0.00 %", confusion => confusion.FalseAlarmRate),
            Metric("missed alarm rate", "0.00 %", confusion => confusion.MissedAlarmRate),
            Metric("MCC", "0.0000", confusion => confusion.Mcc),
            Figure.Deviation("rows flipped", "0.00 %", Differing(published, ofFloat), Differing(ofFloat, quantized),
                Target.AtMost(LargestFlippedShare, "0.1 %")),
        ]);

        Figure Metric(string name, string format, Func<Confusion, double> metric) =>
            Figure.Metric(name, format, metric(before), metric(reference), metric(after), Target.MetricStays);
    }

    private Alarms Detect(AccuracyRun run, string name)
    {
        string settings = $"{_models}/{name}.json";
        SkabDetector detector = SkabDetector.Read(run.Sources.Find(settings));
        SkabRecording recording = SkabRecording.Read(run.Sources.Find($"data/skab/{name.Replace('_', '/')}.csv"));
        float[][] inputs = recording.Inputs();
        ModelPair pair = run.Convert(run.Sources.Import(settings, $"skab-{cell}-raw"), inputs[..SkabRecording.TrainingRows]);
        (float[][] ofFloat, float[][] quantized) = pair.Answers(inputs);
        IEnumerable<double> published = run.Sources.Rows($"{_models}/{name}_smoothed_score.npy").Select(row => (double)row[0]);
        return new Alarms(recording.Anomalies[SkabRecording.TrainingRows..], Scored(published),
            Scored(detector.Scores(recording, ofFloat)), Scored(detector.Scores(recording, quantized)));

        bool[] Scored(IEnumerable<double> scores) => detector.Alarms(scores)[SkabRecording.TrainingRows..];
    }

    private static double Differing(bool[] a, bool[] b) => a.Zip(b).Average(pair => pair.First == pair.Second ? 0.0 : 1.0);

    /// <summary>The scored rows of one recording.</summary>
    private sealed record Alarms(bool[] Labels, bool[] Published, bool[] Float, bool[] Quantized);
}
