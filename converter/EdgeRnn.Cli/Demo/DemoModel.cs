using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Cli.Files;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Demo;

/// <summary>How far the answers of a converted model are from PyTorch's, and how far they may be.</summary>
/// <param name="Found">The difference.</param>
/// <param name="Allowed">The largest that passes.</param>
/// <param name="Passed">Whether it does.</param>
internal sealed record DemoAgreement(double Found, double Allowed, bool Passed);

/// <summary>
/// The network that ships, converted in float, to be compared with PyTorch to the last digits, and in 8 bits, to be run: with golden steps
/// and with a detector calibrated on normal operation.
/// </summary>
internal sealed class DemoModel
{
    private const double FloatTolerance = 1e-5;   // of an answer, in standard deviations
    private const double IntegerTolerance = 1e-3; // error-to-signal ratio: -30 dB

    private DemoModel(byte[] file, StepArray stream, DemoAgreement asFloat, DemoAgreement asIntegers)
    {
        File = file;
        Model = Model.Load(file);
        Steps = stream.Steps;
        AsFloat = asFloat;
        AsIntegers = asIntegers;
        GoldenStepsPassed = SelfTest.Run(file, Model) == SelfTestStatus.Passed;
    }

    /// <summary>The .ernn file.</summary>
    public byte[] File { get; }

    /// <summary>The same, loaded.</summary>
    public Model Model { get; }

    /// <summary>Steps compared with PyTorch.</summary>
    public int Steps { get; }

    /// <summary>The largest difference of a float answer.</summary>
    public DemoAgreement AsFloat { get; }

    /// <summary>The error-to-signal ratio of the integer answers.</summary>
    public DemoAgreement AsIntegers { get; }

    /// <summary>Whether this machine computes what the file says it must.</summary>
    public bool GoldenStepsPassed { get; }

    /// <summary>Whether all of it agrees.</summary>
    public bool IsVerified => AsFloat.Passed && AsIntegers.Passed && GoldenStepsPassed;

    /// <summary>Converts, compares and calibrates.</summary>
    public static DemoModel Make()
    {
        RecurrentGraph graph = ModelImporter.Import(
            DemoFiles.PathOf(DemoFiles.Weights), new ImportOptions { ArchPath = DemoFiles.PathOf(DemoFiles.Arch) });
        Model asFloat = Model.Load(ErnnWriter.Write(graph));
        StepArray stream = StepArrayFile.Read(DemoFiles.PathOf(DemoFiles.Stream), StepArrayOptions.ForInputOf(asFloat));
        StepArray normal = StepArray.OfRows([.. stream.Sequences[0].Chunk(stream.Features).Take(DemoFiles.NormalRows)]);
        byte[] file = ErnnWriter.Write(new IntegerConverter(graph, normal).Quantize(new QuantizationSettings { Default = Scheme.W8A16 }));
        Model asIntegers = Model.Load(file);
        file = WarmUpField.Write(file, WarmUp.Measure(asIntegers, normal).Steps);
        file = GoldenSteps.Append(file, GoldenSteps.RowsOf(normal));
        DetectorSettings given = DetectorArguments.Read(DemoFiles.PathOf(DemoFiles.Settings), out IReadOnlySet<string> names);
        CalibrationOptions options = new() { Settings = given, Given = names };
        file = DetectorSection.Write(file, Calibration.Run(Model.Load(file), normal, options).Settings);
        return new DemoModel(file, stream,
            Compare(asFloat, stream, ErrorMetric.Max, FloatTolerance), Compare(asIntegers, stream, ErrorMetric.Esr, IntegerTolerance));
    }

    private static DemoAgreement Compare(Model model, StepArray stream, ErrorMetric metric, double tolerance)
    {
        Answers answers = SequenceRunner.Run(model, stream);
        ExpectedAnswers expected = ExpectedAnswers.Read(DemoFiles.PathOf(DemoFiles.Expected), answers, stream.Layout);
        Comparison comparison = Comparison.Of(answers, expected, metric, tolerance);
        return new DemoAgreement(metric == ErrorMetric.Max ? comparison.MaxError : comparison.Esr, tolerance, comparison.Passed);
    }
}
