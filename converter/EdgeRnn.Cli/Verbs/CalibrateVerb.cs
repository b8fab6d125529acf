using System.CommandLine;
using System.IO;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn calibrate MODEL.ernn --data NORMAL.csv -o OUT.ernn</c>: a detector for a model, from normal operation.</summary>
internal sealed class CalibrateVerb : Verb
{
    private readonly Argument<string> _model = new("MODEL.ernn") { Description = "The model file." };
    private readonly StreamArguments _data = new("NORMAL.csv|npy", "A recording of normal operation, and of nothing else.");
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The model file to write, with the detector in it. An existing one is replaced only by a complete one.",
        HelpName = "OUT.ernn",
        Required = true,
    };
    private readonly DetectorArguments _detector = new();

    public CalibrateVerb(Terminal terminal) : base(terminal, "calibrate",
        "Writes detector settings into a model file, chosen from a recording of normal operation.",
        "edgernn calibrate pump.ernn --data normal.csv -o watch.ernn",
        "edgernn calibrate pump.ernn --data normal.csv -o watch.ernn --combine mahalanobis --smooth-channels --votes 3/5",
        "edgernn calibrate pump.ernn --data normal.csv -o watch.ernn --fixed-from-data --range temperature=-40:125")
    {
        Add(_model);
        _data.AddTo(this);
        Add(_output);
        _detector.AddTo(this);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        string path = arguments.GetRequiredValue(_model), output = arguments.GetRequiredValue(_output), data = _data.PathOf(arguments);
        bool counts = _data.CountsOf(arguments);
        double? rateHz = _data.RateOf(arguments);
        AtomicFile.CheckTarget(output, path, data, _detector.FileOf(arguments));
        if (!Path.GetExtension(output).Equals(".ernn", System.StringComparison.OrdinalIgnoreCase))
            throw new CommandException($"{output}: expected a file name that ends in .ernn, found '{Path.GetExtension(output)}'");
        Model model = ModelFile.Load(path, out byte[] file);
        CalibrationOptions options = _detector.OptionsOf(arguments, model, counts);
        StepArray recording = _data.Read(arguments, model, report);
        CalibrationResult result;
        byte[] written;
        try
        {
            result = StreamArguments.Naming(data, () => Calibration.Run(model, recording, options));
            written = DetectorSection.Write(file, result.Settings);
        }
        catch (ModelException refusal)
        {
            throw _detector.Explain(arguments, refusal);
        }
        AtomicFile.Write(output, target => File.WriteAllBytes(target, written), target => ModelFile.Load(target));
        foreach (string warning in result.Warnings) report.Warn($"{data}: {warning}");
        Describe(report, new CalibrationText(Model.Load(written), result, data, rateHz), path, output);
        return ExitCode.Done;
    }

    private static void Describe(Report report, CalibrationText text, string path, string output)
    {
        report.Line(OneLine.Of($"{path} -> {output}"));
        foreach (string line in text.Lines()) report.Line(OneLine.Of(line));
        report.Line();
        report.Line(OneLine.Of($"Next: `edgernn detect {output} --data STREAM.csv --plot stream.svg`"));
        report.Document(text.Document(path, output));
    }
}
