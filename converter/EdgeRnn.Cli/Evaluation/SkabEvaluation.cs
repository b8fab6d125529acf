using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Detect.Choice;
using EdgeRnn.Converter.Evaluate;
using Spectre.Console;

namespace EdgeRnn.Cli.Evaluation;

/// <summary>Detectors on the recordings of SKAB, by the rule of its leaderboard.</summary>
internal static class SkabEvaluation
{
    private const int _shownCandidates = 5;
    private const float _clip = 10;

    private static readonly Dictionary<Baseline, string> _baselines = new()
    {
        [Baseline.AlwaysAlarm] = "always alarm",
        [Baseline.ZScore] = "no network: smoothed |z|",
        [Baseline.Difference] = "no network: |z_t - z_(t-1)|",
    };

    /// <summary>Runs and reports.</summary>
    public static void Run(EvaluationRequest request, Report report)
    {
        SkabDataSet data = SkabDataSet.Open(request.Data);
        SeriesModels models = request.OpenModels(_clip);
        IReadOnlyList<ChoiceResult>? choice = request.Choose ? Choose(data, models, request, report) : null;
        List<EvaluationRow> rows = [];
        if (request.Settings is { } settings)
        {
            rows.Add(Row(request.SettingsName, new DetectorRecipe(settings, false)));
        }
        else
        {
            rows.Add(Row("reference rule", new DetectorRecipe(ChosenSettings.SkabReference(), false)));
            DetectorRecipe chosen = choice?[0].Recipe ?? ChosenSettings.Skab();
            rows.Add(Row($"chosen: {chosen.Text}", chosen));
            if (choice == null)
            {
                DetectorRecipe network = ChosenSettings.SkabNetwork();
                rows.Add(Row($"chosen among network errors: {network.Text}", network));
            }
        }
        rows.AddRange(SkabProtocol.Baselines([.. data.Files.Select(file => (file.Name, SkabRecording.Read(file.Path)))], request.Seed)
            .Select(baseline => new EvaluationRow(_baselines[baseline.Baseline], baseline.Figures)));

        report.Line($"SKAB, {data.Files.Count} recordings, rows from {SkabRecording.TrainingRows} on pooled; models: {request.ModelsName}, " +
            $"{request.Scheme.ToString().ToLowerInvariant()}");
        report.Table(EvaluationTable.Of(rows));
        report.Line("In brackets: 95 % interval, recordings drawn anew with replacement (seed " + request.Seed + ").");
        ReportPublished(report, data);
        report.Document(new
        {
            protocol = "skab",
            recordings = data.Files.Count,
            models = request.ModelsName,
            scheme = request.Scheme.ToString().ToLowerInvariant(),
            seed = request.Seed,
            detectors = rows.Select(row => row.Document()),
            choice = choice?.Take(_shownCandidates).Select(result => new
            {
                settings = result.Recipe.Text,
                mcc = result.Mcc,
                falseAlarmRate = result.FalseAlarmRate,
            }),
            published = data.Leaderboard,
        });

        EvaluationRow Row(string name, DetectorRecipe recipe) =>
            new(name, SkabProtocol.Score(SkabDetectorRun.Run(data, models, recipe), request.Seed));
    }

    private static IReadOnlyList<ChoiceResult> Choose(SkabDataSet data, SeriesModels models, EvaluationRequest request, Report report)
    {
        IReadOnlyList<DetectorRecipe> candidates = DetectorChoice.Candidates();
        IReadOnlyList<ChoiceResult> ranked = ProgressBar.During(report, candidates.Count, "settings",
            progress => DetectorChoice.Rank(SkabChoice.Domains(data, models), candidates, request.Seed, progress));
        report.Line($"Choice among {candidates.Count} settings with {DetectorChoice.Factors.Count} factors each, from the anomaly-free recording and the " +
            $"first {SkabRecording.TrainingRows} rows of the others; no label is read. Of those");
        report.Line("within one standard error of the best correlation with synthetic anomalies, the one with the fewest false alarms:");
        Table table = new Table().AddColumns("settings", "MCC", "false alarms").Border(TableBorder.Simple);
        foreach (ChoiceResult result in ranked.Take(_shownCandidates))
        {
            table.AddRow(Markup.Escape(result.Recipe.Text), $"{Quantity.Fixed(result.Mcc, 3)} +- {Quantity.Fixed(result.StandardError(request.Seed), 3)}",
                Quantity.Fixed(result.FalseAlarmRate, 3));
        }
        report.Table(table);
        return ranked;
    }

    private static void ReportPublished(Report report, SkabDataSet data)
    {
        if (data.Leaderboard.Count == 0) return;
        report.Line("Published on the same recordings:");
        Table table = new Table().AddColumns("algorithm", "F1", "FAR", "MAR").Border(TableBorder.Simple);
        foreach (SkabRank rank in data.Leaderboard)
        {
            table.AddRow(Markup.Escape(rank.Algorithm), Quantity.Fixed(rank.F1, 3), EvaluationTable.Percent(rank.FalseAlarmRate),
                EvaluationTable.Percent(rank.MissedAlarmRate));
        }
        report.Table(table);
    }
}
