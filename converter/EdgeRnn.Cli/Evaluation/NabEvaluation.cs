using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Cli.Output;
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
        Func<int, DetectorSettings> settings = request.Settings is { } given ? _ => given : ChosenSettings.Nab;
        (string Name, Func<NabProfile, NabScore> Score)[] detectors =
        [
            ($"detector, {request.SettingsName}", new NabDetectorRun(data, models.Of, settings).Best),
            ("no network: |x_t - x_(t-1)|, same detector", new NabDetectorRun(data, (_, rows) => TrivialModels.Persistence(rows), settings).Best),
            ("no network: |x - mean|, same detector", new NabDetectorRun(data, (_, rows) => TrivialModels.Persistence(rows), Level(settings)).Best),
            ("no network: smoothed |z|, every row above a threshold", Plain(Baseline.ZScore)),
            ("no network: smoothed |z_t - z_(t-1)|, every row", Plain(Baseline.Difference)),
            ("always alarm", profile => NabScorer.Score(NabProtocol.Trace(Baseline.AlwaysAlarm, data), 0, profile)),
        ];
        (string Name, NabScore[] Scores)[] rows =
            [.. detectors.Select(detector => (detector.Name, data.Profiles.Select(detector.Score).ToArray()))];

        report.Line($"NAB, {data.Files.Count} series with {data.Files.Sum(file => file.ScoredWindows)} windows; models: {request.ModelsName}, " +
            $"{request.Scheme.ToString().ToLowerInvariant()}. One threshold for all series, the one with the best total, as NAB has it:");
        report.Line("it looks at the labels, so every score is an upper bound. 0 is silence, 100 every window noticed at once and nothing else.");
        report.Table(TableOf(data, rows, request.Seed));
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
            detectors = rows.Select(row => Document(row.Name, row.Scores, request.Seed)),
            published = data.Scoreboard,
        });

        Func<NabProfile, NabScore> Plain(Baseline baseline) => profile => NabThreshold.Best(NabProtocol.Trace(baseline, data), profile);
    }

    private static Func<int, DetectorSettings> Level(Func<int, DetectorSettings> settings) => probation =>
    {
        DetectorSettings level = settings(probation);
        level.Kind = ScoreKind.Level;
        return level;
    };

    private static Table TableOf(NabDataSet data, IEnumerable<(string Name, NabScore[] Scores)> rows, int seed)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("detector");
        foreach (NabProfile profile in data.Profiles) table.AddColumn(profile.Name);
        table.AddColumns("threshold", "windows noticed");
        foreach ((string name, NabScore[] scores) in rows)
        {
            string[] figures = [.. scores.Select((score, i) => i == 0
                ? EvaluationTable.WithInterval(score.Normalised, score.Interval(seed), 1) : Quantity.Fixed(score.Normalised, 1))];
            table.AddRow([Markup.Escape(name), .. figures, Quantity.Fixed(scores[0].Threshold, 2),
                $"{scores[0].Files.Sum(file => file.Noticed)} of {scores[0].Files.Sum(file => file.Windows)}"]);
        }
        return table;
    }

    // Detections are single rows, windows hundreds: row-wise figures are small for any detector that alarms once.
    private static void ReportRows(Report report, NabDataSet data, IEnumerable<(string Name, NabScore[] Scores)> rows)
    {
        report.Line();
        report.Line($"Row by row at the threshold of {data.Profiles[0].Name}, detections as they are (a detector that alarms once in a window misses its other rows):");
        Table table = new Table().AddColumns("detector", "F1", "FAR", "MAR", "MCC").Border(TableBorder.Simple);
        foreach ((string name, NabScore[] scores) in rows)
        {
            Confusion counts = scores[0].Rows;
            table.AddRow(Markup.Escape(name), Quantity.Fixed(counts.F1, 3), $"{Quantity.Fixed(100 * counts.FalseAlarmRate, 3)} %",
                EvaluationTable.Percent(counts.MissedAlarmRate), Quantity.Fixed(counts.Mcc, 3));
        }
        report.Table(table);
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

    private static object Document(string name, NabScore[] scores, int seed) => new
    {
        detector = name,
        profiles = scores.Select(score => new
        {
            profile = score.Profile.Name,
            score = score.Normalised,
            raw = score.Raw,
            threshold = score.Threshold,
            interval = new[] { score.Interval(seed).Low, score.Interval(seed).High },
        }),
        rows = new { f1 = scores[0].Rows.F1, falseAlarmRate = scores[0].Rows.FalseAlarmRate, missedAlarmRate = scores[0].Rows.MissedAlarmRate, mcc = scores[0].Rows.Mcc },
        files = scores[0].Files.Select(file => new { file.Name, file.Raw, file.Windows, file.Noticed }),
    };
}
