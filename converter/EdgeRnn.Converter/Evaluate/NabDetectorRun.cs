using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>
/// The product's own detector on the series of NAB. A detection is a row in which an alarm begins; NAB's one threshold for the corpus is
/// the number of deviations (the fixed threshold, or the factor, of methods without one), chosen by NAB's own rule.
/// </summary>
/// <param name="data">The corpus.</param>
/// <param name="modelFor">A series' name (without .csv) and the rows of its probation to its model.</param>
/// <param name="settingsFor">The number of these rows to settings.</param>
public sealed class NabDetectorRun(NabDataSet data, Func<string, float[][], Model> modelFor, Func<int, DetectorSettings> settingsFor)
{
    /// <summary>The thresholds that are tried: 1 to 8 in steps of 0.05.</summary>
    public static IReadOnlyList<double> Candidates { get; } = [.. Enumerable.Range(20, 141).Select(step => step / 20.0)];

    private readonly float[][][] _rows = [.. data.Series.Select(series => series.Values.Select(value => new[] { (float)value }).ToArray())];

    private readonly Dictionary<double, IReadOnlyList<bool[]>> _detections = [];

    private Model[]? _models;

    /// <summary>The figures for every profile of the corpus, each with its own best threshold.</summary>
    /// <param name="seed">Of the bootstrap over series.</param>
    public NabFigures Score(int seed)
    {
        NabScore[] scores = [.. data.Profiles.Select(profile => NabThreshold.Best(data.Files, Candidates, Detect, profile))];
        FileTrace[] rows = [.. Run(scores[0].Threshold).Zip(data.Files, (trace, file) =>
            new FileTrace(file.Name, trace.Scores, trace.Begins, file.Labels()).From(file.Probation))];
        return new NabFigures(scores, [.. scores.Select(score => score.Interval(seed))], PooledFigures.Of(rows, seed));
    }

    /// <summary>What the detector said of every row at a threshold, one trace per series.</summary>
    /// <param name="threshold">Deviations, a score, or a factor.</param>
    /// <exception cref="ModelException">The settings do not fit a model.</exception>
    public IReadOnlyList<DetectorTrace> Run(double threshold)
    {
        _models ??= [.. data.Series.Select((series, i) => modelFor(Path.ChangeExtension(series.Name, null), Training(i)))];
        return InParallel.Select(_models, (model, i) => DetectorTrace.Run(model, SettingsFor(i, threshold), _rows[i]));
    }

    private float[][] Training(int series) => _rows[series][..Math.Max(1, data.Files[series].Probation)];

    private DetectorSettings SettingsFor(int series, double threshold)
    {
        DetectorSettings settings = DetectorSection.Copy(settingsFor(data.Files[series].Probation));
        if (settings.Threshold is ThresholdMethod.Sigma or ThresholdMethod.Fixed) settings.Level = (float)threshold;
        else settings.Factor = (float)threshold;
        return settings;
    }

    private IReadOnlyList<bool[]> Detect(double threshold)
    {
        if (_detections.TryGetValue(threshold, out IReadOnlyList<bool[]>? known)) return known;
        return _detections[threshold] = [.. Run(threshold).Select(trace => trace.Begins)];
    }
}
