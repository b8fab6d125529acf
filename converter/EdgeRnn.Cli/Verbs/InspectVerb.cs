using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn inspect FILE</c>: what a model is and what it costs, before or after conversion.</summary>
internal sealed class InspectVerb : Verb
{
    private readonly SourceArguments _source = new("FILE", "An .ernn file, or anything `edgernn convert` reads.");
    private readonly Option<double?> _rate = new("--rate")
    {
        Description = "Samples per second: prints operations per second and, with --board, judges the time of a step.",
        HelpName = "HZ",
    };

    private readonly Option<string?> _board = new("--board")
    {
        Description = "Estimates RAM, flash and the time of a step on a board: fits, tight or does not fit (`edgernn boards` lists them).",
        HelpName = "NAME",
    };

    public InspectVerb(Terminal terminal) : base(terminal, "inspect", "Shows layers, shapes, and what a step costs.",
        "edgernn inspect model.ernn --rate 100", "edgernn inspect model.ernn --board esp32 --rate 50", "edgernn inspect gru.onnx")
    {
        _source.AddTo(this);
        Add(_board);
        Add(_rate);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        string path = _source.PathOf(arguments);
        double? rateHz = arguments.GetValue(_rate);
        if (rateHz is { } rate && !(rate > 0 && double.IsFinite(rate)))
            throw new CommandException($"--rate {rate}: expected a number of steps per second above 0");

        BoardDescription? board = arguments.GetValue(_board) is { } name ? BoardNames.Find(name) : null;
        ModelReport model = Read(arguments, path, out IReadOnlyList<string> notes, out Model loaded, out byte[] file);
        BoardCost? cost = board == null ? null : BoardCost.Of(file, board, rateHz);
        WriteText(report, path, model, notes, rateHz);
        if (model.Detector is { } detector)
        {
            report.Line("detector");
            foreach (string line in DetectorText.Lines(loaded, detector)) report.Line($"  {line}");
        }
        if (cost != null)
        {
            foreach (string line in BoardText.Lines(cost, rateHz)) report.Line(line);
        }
        else if (rateHz != null)
        {
            report.Line("whether a board keeps up with that: --board NAME estimates it, `edgernn boards` lists the names");
        }
        report.Document(new
        {
            file = path,
            notes,
            model,
            rateHz,
            macsPerSecond = model.MacsPerStep * rateHz,
            board = cost == null ? null : BoardReport.Of(cost),
        });
        return ExitCode.Done;
    }

    private ModelReport Read(ParseResult arguments, string path, out IReadOnlyList<string> notes, out Model model, out byte[] file)
    {
        notes = [];
        if (ModelFile.IsModel(path))
        {
            model = ModelFile.Load(path, out file);
            return ModelReport.Of(model, file.Length) with { GoldenSteps = GoldenReport.Of(file, model, path) };
        }
        RecurrentGraph graph = _source.Import(arguments);
        byte[] bare = ErnnWriter.Write(graph);
        file = GoldenSteps.Append(WarmUpField.Write(bare, WarmUp.Measure(Model.Load(bare)).Steps));
        notes = [.. graph.Notes];
        model = Model.Load(file);
        return ModelReport.Of(model, file.Length) with { GoldenSteps = GoldenReport.Of(file, model, path) };
    }

    private static void WriteText(Report report, string path, ModelReport model, IReadOnlyList<string> notes, double? rateHz)
    {
        report.Line(OneLine.Of(model.Name.Length > 0 ? $"{path}: {model.Name}" : path));
        report.Line(ModelText.Shape(model));
        if (model.Window.Length > 0) report.Line(model.Window);
        foreach (string note in notes) report.Line($"note: {OneLine.Of(note)}");
        report.Table(ModelText.Layers(model));
        foreach (string line in ModelText.Costs(model)) report.Line(line);
        if (rateHz is { } rate)
            report.Line($"{$"at {rate} Hz",-12}{ModelText.Operations(model.MacsPerStep * rate)} multiply-accumulates per second");
        report.Line(ModelText.WarmUp(model, rateHz));
        if (model.Preprocessing.Count > 0)
        {
            string clip = model.Clip > 0 ? $", bounded to +-{model.Clip}" : "";
            report.Line();
            report.Line($"the raw input is standardised: (x - mean) / deviation{clip}");
            report.Table(ModelText.Channels(model));
        }
        report.Line($"model id    {model.ModelId}, version {model.ModelVersion}");
        foreach ((string key, string value) in model.Metadata.Where(pair => pair.Key != "name"))
            report.Line(OneLine.Of($"{key}: {value}"));
    }
}
