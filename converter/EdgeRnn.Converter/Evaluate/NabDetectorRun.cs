using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>
/// The product's own detector on the series of NAB. A detection is a row in which an alarm begins; NAB's one threshold for the corpus is
/// the number of deviations (or the factor, of methods without one), chosen by NAB's own rule.
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
    /// <param name="threshold">Deviations, or a factor.</param>
    public IReadOnlyList<DetectorTrace> Run(double threshold)
    {
        Model[] loaded = _loaded ??= [.. data.Series.Select((series, i) => modelFor(series.Name[..^".csv".Length], Training(i)))];
        DetectorTrace[] traces = new DetectorTrace[loaded.Length];
        Parallel.For(0, loaded.Length, i => traces[i] = DetectorTrace.Run(loaded[i], SettingsFor(i, threshold), _rows[i]));
        return traces;
    }

    private Model[]? _loaded;

    private float[][] Training(int series) => _rows[series][..Math.Max(2, data.Files[series].Probation)];

    private DetectorSettings SettingsFor(int series, double threshold)
    {
        DetectorSettings settings = DetectorSection.Copy(settingsFor(data.Files[series].Probation));
        if (settings.Threshold == ThresholdMethod.Sigma) settings.Level = (float)threshold;
        else settings.Factor = (float)threshold;
        return settings;
    }

    private IReadOnlyList<bool[]> Detect(double threshold)
    {
        if (_detections.TryGetValue(threshold, out IReadOnlyList<bool[]>? known)) return known;
        return _detections[threshold] = [.. Run(threshold).Select(trace => trace.Begins)];
    }
}
