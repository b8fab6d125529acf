using System.CommandLine;
using System.Globalization;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn selftest MODEL.ernn</c>: replays the golden steps in the file, as a device does at start-up.</summary>
internal sealed class SelfTestVerb : Verb
{
    private readonly Argument<string> _model = new("MODEL.ernn") { Description = "The model file." };

    public SelfTestVerb(Terminal terminal) : base(terminal, "selftest",
        "Replays the golden steps in a model file; exit code 2 when this machine computes something else.",
        "edgernn selftest model.ernn")
    {
        Add(_model);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        string path = arguments.GetRequiredValue(_model);
        Model model = ModelFile.Load(path, out byte[] file);
        GoldenReport golden = GoldenReport.Of(file, model, path) ??
            throw new CommandException($"{path}: no golden steps in the file; convert the model again without --no-golden");
        SelfTest test = GoldenReport.Prepare(file, model, path);
        int status = test.Run();
        bool passed = status == SelfTestStatus.Passed;
        report.Line($"golden      {golden.Text}");
        report.Line(passed ? "passed" : $"FAILED: {Difference(test, status)}");
        report.Document(new
        {
            passed,
            status,
            steps = golden.Steps,
            checks = golden.Checks,
            exact = golden.Exact,
            tolerance = golden.Tolerance,
            bytes = golden.Bytes,
            difference = passed ? null : new
            {
                what = What(test, status),
                step = test.FailedStep,
                output = test.FailedNumber < 0 ? (int?)null : test.FailedNumber,
                expected = test.Expected,
                found = test.Found,
            },
        });
        return passed ? ExitCode.Done : ExitCode.Mismatch;
    }

    private static string Difference(SelfTest test, int status) =>
        $"step {test.FailedStep}, {What(test, status)}: expected {Number(test.Expected)}, found {Number(test.Found)}";

    private static string What(SelfTest test, int status) => status switch
    {
        SelfTestStatus.WrongStatus => "status",
        SelfTestStatus.WrongState => "checksum of the state",
        _ => test.FailedNumber < 0 ? "checksum of the answer" : $"output {test.FailedNumber}",
    };

    // Numbers of the file are floats or integers; a float in double shows digits that it does not have.
    private static string Number(double number) =>
        number == (long)number ? ((long)number).ToString(CultureInfo.InvariantCulture) : Quantity.Exact((float)number);
}
