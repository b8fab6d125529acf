using System;
using System.CommandLine;
using System.IO;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn detect MODEL.ernn --data STREAM.csv</c>: the product's own detector over a recorded stream.</summary>
internal sealed class DetectVerb : Verb
{
    private readonly Argument<string> _model = new("MODEL.ernn")
    {
        Description = "A model file with a detector, from `edgernn calibrate`.",
    };
    private readonly StreamArguments _data = new("STREAM.csv|npy", "The stream, from its first sample on.");
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "A CSV of score, threshold, state, alarm, faults and shares, a row per step.",
        HelpName = "SCORES.csv",
    };
    private readonly Option<string?> _plot = new("--plot")
    {
        Description = "A picture of the same.",
        HelpName = "PLOT.svg",
    };
    private readonly Option<string?> _state = new("--state")
    {
        Description = "What the detector remembers, thresholds too: read from this file where it exists, and written to it at the end.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _settings = new("--settings")
    {
        Description = "Detector settings in place of those in the model's file.",
        HelpName = "FILE.json",
    };

    public DetectVerb(Terminal terminal) : base(terminal, "detect", "Runs the detector over a recorded stream: alarms, faults, scores.",
        "edgernn detect watch.ernn --data stream.csv --output scores.csv --plot scores.svg",
        "edgernn detect watch.ernn --data today.csv --state watch.state")
    {
        Add(_model);
        _data.AddTo(this);
        Add(_output);
        Add(_plot);
        Add(_state);
        Add(_settings);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        string path = arguments.GetRequiredValue(_model), data = _data.PathOf(arguments);
        string? output = arguments.GetValue(_output), plot = arguments.GetValue(_plot), state = arguments.GetValue(_state);
        string? settingsPath = arguments.GetValue(_settings);
        double? rateHz = _data.RateOf(arguments);
        CheckTarget(output, ".csv", path, data, settingsPath, state, plot);
        CheckTarget(plot, ".svg", path, data, settingsPath, state);
        if (state != null) AtomicFile.CheckTarget(state, path, data, settingsPath);

        Model model = ModelFile.Load(path);
        DetectorSettings settings = settingsPath != null ? DetectorArguments.Read(settingsPath, out _) : model.Detector ??
            throw new CommandException($"{path}: holds no detector; run `edgernn calibrate {path} --data NORMAL.csv -o OUT.ernn` first, " +
                "or add --settings FILE.json");
        bool counts = _data.CountsOf(arguments);
        Detector detector = Make(model, settings, counts, path, settingsPath);
        StepArray stream = _data.Read(arguments, model, report);
        if (settings.Sensors.PeriodMs > 0)
            report.Note($"{data}: rows count as samples in time, however far apart their times are; " +
                "write a row without values for a missed one");
        bool continues = state != null && DetectorStateFile.Restore(detector, state);
        DetectionTrace trace = StreamArguments.Naming(data, () => ProgressBar.During(report, stream.Steps,
            progress => DetectionRun.Run(detector, settings, stream, counts, progress)));
        DetectionSummary summary = DetectionSummary.Of(trace);
        if (output != null)
        {
            AtomicFile.Write(output, target =>
            {
                using StreamWriter writer = new(target) { NewLine = "\n" };
                TraceCsv.Write(writer, trace);
            });
        }
        if (plot != null)
        {
            string title = $"{(model.Name.Length > 0 ? model.Name : Path.GetFileName(path))}, {Path.GetFileName(data)}";
            AtomicFile.Write(plot, target => File.WriteAllText(target, DetectionPlot.Write(trace, title, rateHz)));
        }
        if (state != null) DetectorStateFile.Save(detector, state);

        report.Line(OneLine.Of($"{path} over {data}" + (continues ? $", continued from {state}" : "")));
        foreach (string line in DetectionText.Lines(trace, summary, rateHz)) report.Line(OneLine.Of(line));
        foreach (string? file in new[] { output, plot, state })
        {
            if (file != null) report.Line(OneLine.Of($"written     {file}"));
        }
        report.Document(new
        {
            model = path,
            data,
            steps = trace.Steps,
            rateHz,
            continued = continues,
            firstReadyStep = summary.FirstReadyStep < 0 ? (int?)null : summary.FirstReadyStep,
            threshold = summary.FirstReadyStep < 0 ? (float?)null : trace.Thresholds[^1],
            state = detector.State,
            isAlarming = detector.IsAlarming,
            warmingUpSteps = summary.WarmingUpSteps,
            calibratingSteps = summary.CalibratingSteps,
            faultySteps = summary.FaultySteps,
            alarms = summary.Alarms,
            faults = summary.Faults,
            output,
            plot,
            stateFile = state,
        });
        return ExitCode.Done;
    }

    private static void CheckTarget(string? target, string extension, params string?[] others)
    {
        if (target == null) return;
        if (!Path.GetExtension(target).Equals(extension, StringComparison.OrdinalIgnoreCase))
            throw new CommandException($"{target}: expected a file name that ends in {extension}, found '{Path.GetExtension(target)}'");
        AtomicFile.CheckTarget(target, others);
    }

    private static Detector Make(Model model, DetectorSettings settings, bool counts, string path, string? settingsPath)
    {
        try
        {
            return new Detector(model, settings, counts);
        }
        catch (ModelException refusal)
        {
            string problem = SettingsFacts.InJson(SettingsFacts.ProblemOf(refusal));
            throw new CommandException($"{settingsPath ?? path}: {problem}; correct the settings", refusal);
        }
        catch (ArgumentException refusal)
        {
            throw new CommandException($"--counts: {refusal.Message}", refusal);
        }
    }
}
