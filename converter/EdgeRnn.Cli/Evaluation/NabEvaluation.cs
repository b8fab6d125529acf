using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Runtime;
using Spectre.Console;

namespace EdgeRnn.Cli.Evaluation;

/// <summary>Detectors on the series of NAB, by its own rule.</summary>
internal static class NabEvaluation
{
    /// <summary>Runs and reports.</summary>
    public static void Run(EvaluationRequest request, Report report)
    {
        NabDataSet data = NabDataSet.Open(request.Data);
        SeriesModels models = request.OpenModels(clip: 0);
        Func<int, DetectorSettings> settings = request.Settings is { } given ? probation => For(given, probation) : ChosenSettings.Nab;
        (string Name, Func<NabFigures> Judge)[] detectors =
        [
            ($"detector, {request.SettingsName}", () => Detector(models.Of, settings)),
            ("no network: |x_t - x_(t-1)|, same detector",
                () => Detector((_, training) => TrivialModels.Persistence(training), settings)),
            ("no network: |x - mean|, same detector",
                () => Detector((_, training) => TrivialModels.Persistence(training), Level(settings))),
            ("no network: smoothed |z|, every row above a threshold", () => NabProtocol.Score(Baseline.ZScore, data, request.Seed)),
            ("no network: |x_t - x_(t-1)|, every row above a threshold",
                () => NabProtocol.Score(Baseline.Difference, data, request.Seed)),
            ("always alarm", () => NabProtocol.Score(Baseline.AlwaysAlarm, data, request.Seed)),
        ];
        (string Name, NabFigures Figures)[] rows = ProgressBar.During(report, detectors.Length, "detectors", progress =>
            detectors.Select(detector =>
            {
                NabFigures figures = detector.Judge();
                progress?.Invoke(1);
                return (detector.Name, figures);
            }).ToArray());

        report.Line($"NAB, {data.Files.Count} series with {data.Files.Sum(file => file.ScoredWindows)} windows; models: {request.ModelsName}, " +
            $"{request.Scheme.ToString().ToLowerInvariant()}. One threshold for all series, the one with the best total, as NAB has it:");
        report.Line("it looks at the labels, so every score is an upper bound. 0 is silence, 100 every window noticed at once and nothing else.");
        report.Table(TableOf(data, rows));
        report.Line("In brackets: 95 % interval, series drawn anew with replacement (seed " + request.Seed + ").");
        ReportRows(report, data, rows);
        ReportPublished(report, data);
        report.Document(new
        {
            protocol = "nab",
            series = data.Files.Count,
            models = request.ModelsName,
            scheme = request.Scheme.ToString().ToLowerInvariant(),
            seed = request.Seed,
            detectors = rows.Select(row => Document(row.Name, row.Figures)),
            published = data.Scoreboard,
        });

        NabFigures Detector(Func<string, float[][], Model> modelFor, Func<int, DetectorSettings> settingsFor) =>
            new NabDetectorRun(data, modelFor, settingsFor).Score(request.Seed);
    }

    // What is given says how to learn, the protocol in which rows.
    private static DetectorSettings For(DetectorSettings given, int probation)
    {
        DetectorSettings settings = DetectorSection.Copy(given);
        if (settings.WarmUpSteps < 0) settings.WarmUpSteps = ChosenSettings.NabWarmUpSteps;
        int channelSteps = settings.NormaliseChannels ? settings.ChannelSteps : 0;
        settings.ThresholdSteps = Math.Max(2, probation - settings.WarmUpSteps - channelSteps);
        return settings;
    }

    private static Func<int, DetectorSettings> Level(Func<int, DetectorSettings> settings) => probation =>
    {
        DetectorSettings level = settings(probation);
        level.Kind = ScoreKind.Level;
        return level;
    };

    private static Table TableOf(NabDataSet data, IEnumerable<(string Name, NabFigures Figures)> rows)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("detector");
        foreach (NabProfile profile in data.Profiles) table.AddColumn(profile.Name);
        table.AddColumns("threshold", "windows noticed");
        foreach ((string name, NabFigures figures) in rows)
        {
            string[] scores = [.. figures.Scores.Select((score, i) => i == 0
                ? EvaluationTable.WithInterval(score.Normalised, figures.Intervals[0], 1) : Quantity.Fixed(score.Normalised, 1))];
            NabScore first = figures.Scores[0];
            table.AddRow([Markup.Escape(name), .. scores, Quantity.Fixed(first.Threshold, 2),
                $"{first.Files.Sum(file => file.Noticed)} of {first.Files.Sum(file => file.Windows)}"]);
        }
        return table;
    }

    private static void ReportRows(Report report, NabDataSet data, IEnumerable<(string Name, NabFigures Figures)> rows)
    {
        report.Line();
        report.Line($"Row by row, probation left out, at the threshold of {data.Profiles[0].Name}. Alarms count in the row they begin in, windows have hundreds of");
        report.Line("rows: F1 is small for whoever alarms once, and largest for the detector that always does.");
        report.Table(EvaluationTable.Of(rows.Select(row => new EvaluationRow(row.Name, row.Figures.Rows))));
    }

    private static void ReportPublished(Report report, NabDataSet data)
    {
        if (data.Scoreboard.Count == 0) return;
        report.Line("Published detectors on the same series (threshold of the whole corpus):");
        Table table = new Table().Border(TableBorder.Simple).AddColumn("detector");
        foreach (NabProfile profile in data.Profiles) table.AddColumn(profile.Name);
        foreach (NabRank rank in data.Scoreboard)
            table.AddRow([Markup.Escape(rank.Detector), .. data.Profiles.Select(profile => Quantity.Fixed(rank.Scores[profile.Name], 1))]);
        report.Table(table);
    }

    private static object Document(string name, NabFigures figures) => new
    {
        detector = name,
        profiles = figures.Scores.Select((score, i) => new
        {
            profile = score.Profile.Name,
            score = score.Normalised,
            raw = score.Raw,
            threshold = score.Threshold,
            interval = new[] { figures.Intervals[i].Low, figures.Intervals[i].High },
        }),
        rows = new EvaluationRow(name, figures.Rows).Document(),
        files = figures.Scores[0].Files.Select(file => new { file.Name, file.Raw, file.Windows, file.Noticed }),
    };
}
