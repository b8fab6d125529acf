using System.CommandLine;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn verify MODEL.ernn --input X --expected Y</c>: does the runtime compute what the framework did?</summary>
internal sealed class VerifyVerb : Verb
{
    private const double _defaultTolerance = 1e-5;

    private readonly Argument<string> _model = new("MODEL.ernn") { Description = "The model file." };
    private readonly InputArguments _input = new();
    private readonly Option<string> _expected = new("--expected")
    {
        Description = "Reference answers: all of them, one row per input step, or the last one.",
        HelpName = "Y.npy|csv",
        Required = true,
    };
    private readonly Option<double> _tolerance = new("--tolerance")
    {
        Description = "The largest value of the metric that passes.",
        HelpName = "T",
        DefaultValueFactory = _ => _defaultTolerance,
    };
    private readonly Option<double> _relative = new("--relative")
    {
        Description = "With --metric max: allowed in addition, as a fraction of |expected|.",
        HelpName = "R",
    };
    private readonly Option<string> _metric = new("--metric")
    {
        Description = "max: largest error; rms: root mean square; esr: error-to-signal ratio.",
        HelpName = "max|rms|esr",
        DefaultValueFactory = _ => "max",
    };

    public VerifyVerb(Terminal terminal) : base(terminal, "verify",
        "Runs a model and compares its answers with a reference; exit code 2 when they differ.",
        "edgernn verify model.ernn --input x.npy --expected y.npy --tolerance 1e-5")
    {
        Add(_model);
        _input.AddTo(this);
        Add(_expected);
        Add(_tolerance);
        Add(_relative);
        Add(_metric);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        ErrorMetric metric = MetricOf(arguments.GetRequiredValue(_metric));
        double tolerance = Bound(_tolerance, arguments), relative = Bound(_relative, arguments);
        Model model = ModelFile.Load(arguments.GetRequiredValue(_model));
        StepArray input = _input.Read(arguments, model, report);
        Answers answers = SequenceRunner.Run(model, input);
        ExpectedAnswers expected = ExpectedAnswers.Read(arguments.GetRequiredValue(_expected), answers, input.Layout);
        Comparison comparison = Comparison.Of(answers, expected, metric, tolerance, relative);
        VerifyText.Write(report, comparison, answers);
        return comparison.Passed ? ExitCode.Done : ExitCode.Mismatch;
    }

    private static ErrorMetric MetricOf(string name) => name switch
    {
        "max" => ErrorMetric.Max,
        "rms" => ErrorMetric.Rms,
        "esr" => ErrorMetric.Esr,
        _ => throw new CommandException($"--metric {name}: expected max, rms or esr"),
    };

    private static double Bound(Option<double> option, ParseResult arguments)
    {
        double bound = arguments.GetValue(option);
        return bound >= 0 ? bound : throw new CommandException($"{option.Name} {bound}: expected a number of at least 0");
    }
}
