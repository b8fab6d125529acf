using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn convert SOURCE -o MODEL.ernn</c>: trained weights in, model file out.</summary>
internal sealed class ConvertVerb : Verb
{
    private const string _float32 = "f32";
    private static readonly string[] _laterSchemes = ["w8a16", "w16a16", "w8a8", "w4a16"];

    private readonly SourceArguments _source =
        new("SOURCE", "The trained model: .onnx, .pt, .safetensors, .json, or a folder of .npy.");
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The model file to write. An existing one is replaced only by a complete one.",
        HelpName = "MODEL.ernn",
        Required = true,
    };
    private readonly Option<string> _scheme = new("--scheme")
    {
        Description = "How weights and activations are stored; this version writes f32.",
        HelpName = _float32,
        DefaultValueFactory = _ => _float32,
    };

    private readonly Option<bool> _noGolden = new("--no-golden")
    {
        Description = "Leave out the golden steps that a device replays as its self-test.",
    };

    public ConvertVerb(Terminal terminal) : base(terminal, "convert", "Converts a trained model to an .ernn file.",
        "edgernn convert gru.onnx -o gru.ernn", "edgernn convert weights.safetensors --arch arch.json -o model.ernn")
    {
        _source.AddTo(this);
        Add(_output);
        Add(_scheme);
        Add(_noGolden);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        string source = _source.PathOf(arguments), output = arguments.GetRequiredValue(_output);
        CheckScheme(arguments.GetRequiredValue(_scheme));
        AtomicFile.CheckTarget(output, source, _source.ArchOf(arguments));
        CheckExtension(output);

        RecurrentGraph graph = _source.Import(arguments);
        byte[] file = ErnnWriter.Write(graph);
        Model? model = null;
        if (!arguments.GetValue(_noGolden)) file = GoldenSteps.Append(file);
        AtomicFile.Write(output, path => File.WriteAllBytes(path, file), path => model = ModelFile.Load(path));

        ModelReport written = ModelReport.Of(model!, file.Length) with { GoldenSteps = GoldenReport.Of(file, model!, output) };
        report.Line(OneLine.Of($"{source} -> {output}"));
        report.Line(ModelText.Shape(written));
        foreach (string note in graph.Notes) report.Line($"note: {OneLine.Of(note)}");
        report.Table(ModelText.Layers(written));
        foreach (string line in ModelText.Costs(written)) report.Line(line);
        report.Detail($"model id    {written.ModelId}");
        report.Document(new { source, output, notes = graph.Notes, model = written });
        return ExitCode.Done;
    }

    private static void CheckScheme(string scheme)
    {
        if (scheme == _float32) return;
        string found = _laterSchemes.Contains(scheme, StringComparer.Ordinal) ? "is not written by this version" : "is not known";
        throw new CommandException($"--scheme {scheme}: {found}, it writes {_float32} only; leave the option out");
    }

    // A slip such as `-o gru.onnx` must not cost the user a trained model.
    private static void CheckExtension(string output)
    {
        string extension = Path.GetExtension(output);
        if (!extension.Equals(".ernn", StringComparison.OrdinalIgnoreCase))
            throw new CommandException($"{output}: expected a file name that ends in .ernn, found '{extension}'");
    }
}
