using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Report;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn convert SOURCE -o MODEL.ernn</c>: trained weights in, model file out.</summary>
internal sealed class ConvertVerb : Verb
{
    private const float StandardisedClip = 10; // as `eval` has it

    private readonly SourceArguments _source =
        new("SOURCE", "The trained model: .onnx, .pt, .safetensors, .json, or a folder of .npy.");
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The model file to write. An existing one is replaced only by a complete one.",
        HelpName = "MODEL.ernn",
        Required = true,
    };
    private readonly QuantizationArguments _quantization = new();
    private readonly Option<bool> _standardise = new("--standardise")
    {
        Description = "Put the mean and deviation of the recording of --calibration before a network that was trained on standardised " +
            "input and brings none; readings more than 10 deviations away count as 10.",
    };
    private readonly ReportArguments _reportFile = new();
    private readonly Option<bool> _noGolden = new("--no-golden")
    {
        Description = "Leave out the golden steps that a device replays as its self-test.",
    };

    public ConvertVerb(Terminal terminal) : base(terminal, "convert", "Converts a trained model to an .ernn file.",
        "edgernn convert gru.onnx -o gru.ernn",
        "edgernn convert weights.safetensors --arch arch.json -o model.ernn",
        "edgernn convert gru.onnx -o gru.ernn --standardise --calibration normal.csv",
        "edgernn convert gru.onnx -o gru.ernn --scheme w8a16 --calibration normal.csv",
        "edgernn convert gru.onnx -o gru.ernn --scheme w8a16 --calibration normal.csv --layer head=w16a16 --report gru.html")
    {
        _source.AddTo(this);
        Add(_output);
        _quantization.AddTo(this);
        Add(_standardise);
        _reportFile.AddTo(this);
        Add(_noGolden);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        string source = _source.PathOf(arguments), output = arguments.GetRequiredValue(_output);
        QuantizationSettings? settings = _quantization.SettingsOf(arguments);
        string? recording = _quantization.RecordingPathOf(arguments), reportPath = _reportFile.PathOf(arguments);
        AtomicFile.CheckTarget(output, source, _source.ArchOf(arguments), recording);
        CheckExtension(output);
        _reportFile.Check(arguments, settings != null, source, _source.ArchOf(arguments), recording, output);

        RecurrentGraph graph = _source.Import(arguments);
        StepArray? steps = _quantization.ReadRecording(arguments, graph, report);
        if (arguments.GetValue(_standardise)) graph = Standardised(graph, steps, source);
        IntegerConversion? integers = settings == null ? null
            : IntegerConversion.Of(_quantization, arguments, graph, settings, steps, report);
        byte[] file = integers?.File ?? ErnnWriter.Write(graph);
        Model? model = null;
        WarmUpResult warmUp = WarmUp.Measure(Model.Load(file), steps);
        file = WarmUpField.Write(file, warmUp.Steps);
        if (!arguments.GetValue(_noGolden)) file = GoldenSteps.Append(file, steps == null ? null : GoldenSteps.RowsOf(steps));
        QuantizationReport? measured = reportPath == null ? null : integers!.Measure(_reportFile.OptionsOf(arguments));
        AtomicFile.Write(output, path => File.WriteAllBytes(path, file), path => model = ModelFile.Load(path));
        if (reportPath != null)
            AtomicFile.Write(reportPath, path => File.WriteAllText(path, ReportFile.Render(measured!, reportPath)));

        ModelReport written = ModelReport.Of(model!, file.Length) with { GoldenSteps = GoldenReport.Of(file, model!, output) };
        report.Line(OneLine.Of($"{source} -> {output}"));
        report.Line(ModelText.Shape(written));
        string[] notes = warmUp.Note == null ? [.. graph.Notes] : [.. graph.Notes, warmUp.Note];
        foreach (string note in notes) report.Line($"note: {OneLine.Of(note)}");
        report.Table(ModelText.Layers(written));
        foreach (string line in ModelText.Costs(written)) report.Line(line);
        report.Line($"{ModelText.WarmUp(written)}, measured on {(warmUp.Recorded ? OneLine.Of(recording!) : "seeded noise")}");
        if (integers != null) report.Line(integers.Text);
        if (measured != null)
        {
            report.Line(OneLine.Of(measured.Headline));
            report.Line(OneLine.Of($"report      {reportPath}"));
        }
        report.Detail($"model id    {written.ModelId}");
        report.Document(new
        {
            source,
            output,
            notes,
            model = written,
            warmUp,
            quantization = integers?.Document,
            report = reportPath,
            headline = measured?.Headline,
        });
        return ExitCode.Done;
    }

    private static RecurrentGraph Standardised(RecurrentGraph graph, StepArray? recording, string source)
    {
        if (recording == null) throw new CommandException("--standardise: needs a recording; add --calibration NORMAL.csv");
        if (graph.Preprocessing != null)
            throw new CommandException($"--standardise: {source} brings a mean and deviation of its own; leave the option out");
        float[][] rows = [.. recording.Sequences.SelectMany(sequence => sequence.Chunk(recording.Features))];
        return SeriesModels.Standardised(graph, rows, StandardisedClip);
    }

    // A slip such as `-o gru.onnx` must not cost the user a trained model.
    private static void CheckExtension(string output)
    {
        string extension = Path.GetExtension(output);
        if (!extension.Equals(".ernn", StringComparison.OrdinalIgnoreCase))
            throw new CommandException($"{output}: expected a file name that ends in .ernn, found '{extension}'");
    }
}
