using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeRnn.Cli.Demo;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn demo</c>: from trained weights to a fault seen in a stream, with the files that ship.</summary>
internal sealed class DemoVerb : Verb
{
    private const double _tolerance = 1e-5;
    private const double _chartSeconds = 3;
    private const int _timedSteps = 50_000;

    private readonly Option<string?> _folder = new("--output", "-o")
    {
        Description = "Keeps the trained weights, the stream and the converted model in this folder.",
        HelpName = "FOLDER",
    };

    public DemoVerb(Terminal terminal) : base(terminal, "demo",
        "Converts a trained model that ships, verifies it, and runs it over a stream with a fault.",
        "edgernn demo", "edgernn demo -o pump")
    {
        Add(_folder);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        string? folder = arguments.GetValue(_folder);
        if (folder != null) Keep(folder);
        byte[] file = Convert();
        if (folder != null) AtomicFile.Write(Path.Combine(folder, DemoFiles.Model), path => File.WriteAllBytes(path, file));
        DemoResult result = Run(file);
        DemoText.Write(report, result, folder);
        return result.Verified ? ExitCode.Done : ExitCode.Mismatch;
    }

    private static byte[] Convert()
    {
        byte[] file = ErnnWriter.Write(ModelImporter.Import(
            DemoFiles.PathOf(DemoFiles.Weights), new ImportOptions { ArchPath = DemoFiles.PathOf(DemoFiles.Arch) }));
        return GoldenSteps.Append(WarmUpField.Write(file, WarmUp.Measure(Model.Load(file)).Steps));
    }

    private static DemoResult Run(byte[] file)
    {
        Model model = Model.Load(file);
        StepArray stream = StepArrayFile.Read(DemoFiles.PathOf(DemoFiles.Stream), StepArrayOptions.ForInputOf(model));
        Answers answers = SequenceRunner.Run(model, stream);
        ExpectedAnswers expected = ExpectedAnswers.Read(DemoFiles.PathOf(DemoFiles.Expected), answers, stream.Layout);
        Comparison comparison = Comparison.Of(answers, expected, ErrorMetric.Max, _tolerance);
        DemoDescription demo = DemoFiles.Describe();
        float[] errors = ForecastError.PerStep(model, stream, answers);
        return new DemoResult
        {
            RateHz = demo.RateHz,
            Steps = stream.Steps,
            SourceBytes = new FileInfo(DemoFiles.PathOf(DemoFiles.Weights)).Length,
            Model = ModelReport.Of(model, file.Length) with { GoldenSteps = GoldenReport.Of(file, model, DemoFiles.Model) },
            Verified = comparison.Passed,
            MaxError = comparison.MaxError,
            Tolerance = _tolerance,
            Timing = StepTiming.Measure(model, _timedSteps),
            Segments = ForecastError.PerSegment(errors, demo),
            Chart = ForecastError.Every(_chartSeconds, errors, demo),
            Alarms = Detect(model, stream, demo),
        };
    }

    // What is normal is told by the first part of the stream, and learnt by the detector as it runs.
    private static IReadOnlyList<AlarmSpan> Detect(Model model, StepArray stream, DemoDescription demo)
    {
        int normalSteps = (int)(demo.Segments[1].StartS * demo.RateHz);
        StepArray normal = StepArray.OfRows([.. stream.Sequences[0].Chunk(stream.Features).Take(normalSteps)]);
        DetectorSettings settings = Calibration.Run(model, normal, new CalibrationOptions()).Settings;
        Detector detector = new(model, settings, counts: false);
        return DetectionSummary.Of(DetectionRun.Run(detector, settings, stream, counts: false)).Alarms;
    }

    private static void Keep(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (string name in new[] { DemoFiles.Weights, DemoFiles.Arch, DemoFiles.Stream, DemoFiles.Expected })
                File.Copy(DemoFiles.PathOf(name), Path.Combine(folder, name), overwrite: true);
            File.WriteAllLines(Path.Combine(folder, DemoFiles.Normal), DemoFiles.NormalLines());
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw new CommandException(
                $"{folder}: the demo cannot write there: {FileErrors.Reason(error, folder)}; choose another folder", error);
        }
    }
}
