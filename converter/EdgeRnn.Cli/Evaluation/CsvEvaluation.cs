using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Runtime;
using Spectre.Console;

namespace EdgeRnn.Cli.Evaluation;

/// <summary>A detector on recordings of one's own, with a column that says which rows are anomalous.</summary>
internal static class CsvEvaluation
{
    /// <summary>Runs and reports.</summary>
    /// <param name="request">With settings, or models that hold them.</param>
    /// <param name="trainingRows">Rows from the start of each file that are not scored; null: those the detector learns from.</param>
    /// <param name="labelColumn">The column of labels, or null for <c>anomaly</c> or <c>label</c>.</param>
    /// <param name="report">Where it goes.</param>
    public static void Run(EvaluationRequest request, int? trainingRows, string? labelColumn, Report report)
    {
        (string Name, LabelledRecording Recording)[] recordings = [.. Files(request.Data)
            .Select(path => (Path.GetFileNameWithoutExtension(path), LabelledRecording.Read(path, labelColumn)))];
        SeriesModels models = request.OpenModels(clip: 0);
        List<FileTrace> traces = [];
        int learning = 0;
        foreach ((string name, LabelledRecording recording) in recordings)
        {
            float[][] rows = [.. recording.Readings.Select(row => Array.ConvertAll(row, value => (float)value))];
            int standardising = trainingRows ?? (request.Settings == null ? rows.Length : LearningRows(request.Settings, request.Settings.WarmUpSteps));
            Model model = models.Of(name, rows[..Math.Clamp(standardising, 1, rows.Length)]);
            DetectorSettings settings = request.Settings ?? model.Detector ?? throw new CommandException(
                $"{request.ModelsName}: holds no detector settings; run edgernn calibrate over it, or give --settings FILE.json");
            learning = Math.Max(learning, LearningRows(settings, settings.WarmUpSteps < 0 ? model.WarmUpSteps : settings.WarmUpSteps));
            traces.Add(DetectorTrace.Run(model, settings, rows).Labelled(name, recording.Labels));
        }
        int skipped = trainingRows ?? learning;
        if (skipped < learning)
            report.Warn($"--training-rows {skipped}: the detector learns in the first {learning} rows, so that it says nothing in some that are scored");
        (string Name, CsvFigures Figures)[] detectors =
        [
            ("detector", CsvProtocol.Score(traces, skipped, request.Seed)),
            ("always alarm", Of(Baseline.AlwaysAlarm)),
            ("no network: smoothed |z|", Of(Baseline.ZScore)),
            ("no network: |z_t - z_(t-1)|", Of(Baseline.Difference)),
        ];
        Write(report, request, recordings.Length, skipped, detectors);

        CsvFigures Of(Baseline baseline) => CsvProtocol.Score(baseline, recordings, Math.Max(1, skipped), request.Seed);
    }

    private static int LearningRows(DetectorSettings settings, int warmUpSteps) => Math.Max(0, warmUpSteps) +
        (settings.NormaliseChannels ? settings.ChannelSteps : 0) + (settings.Threshold == ThresholdMethod.Fixed ? 0 : settings.ThresholdSteps);

    private static void Write(Report report, EvaluationRequest request, int files, int skipped, (string Name, CsvFigures Figures)[] detectors)
    {
        report.Line($"{files} recordings; the first {Quantity.Count(skipped)} rows of each are not scored: the detector learns from them");
        report.Table(EvaluationTable.Of(detectors.Select(detector => new EvaluationRow(detector.Name, detector.Figures.Rows))));
        Table events = new Table().AddColumns("detector", "events noticed", "median delay (steps)", "false alarms per 1000 steps").Border(TableBorder.Simple);
        foreach ((string name, CsvFigures figures) in detectors)
        {
            events.AddRow(Markup.Escape(name), $"{figures.Events.Detected} of {figures.Events.Events}", Quantity.Fixed(figures.Events.MedianDelay, 1),
                Quantity.Fixed(figures.Events.FalseAlarmsPerThousandSteps, 2));
        }
        report.Table(events);
        report.Document(new
        {
            protocol = "csv",
            recordings = files,
            models = request.ModelsName,
            trainingRows = skipped,
            seed = request.Seed,
            detectors = detectors.Select(detector => new
            {
                rows = new EvaluationRow(detector.Name, detector.Figures.Rows).Document(),
                events = detector.Figures.Events.Events,
                noticed = detector.Figures.Events.Detected,
                medianDelaySteps = detector.Figures.Events.MedianDelay,
                falseAlarmsPerThousandSteps = detector.Figures.Events.FalseAlarmsPerThousandSteps,
            }),
        });
    }

    private static string[] Files(string data)
    {
        if (!Directory.Exists(data)) return [data];
        string[] files = [.. Directory.GetFiles(data, "*.csv").Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new CommandException($"{data}: holds no .csv; expected recordings with a column of labels");
    }
}
