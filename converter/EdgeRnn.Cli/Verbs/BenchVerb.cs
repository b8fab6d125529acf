using System.CommandLine;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn bench MODEL.ernn</c>: what a step costs on this machine.</summary>
internal sealed class BenchVerb : Verb
{
    private const int _defaultSteps = 100_000;

    private readonly Argument<string> _model = new("MODEL.ernn") { Description = "The model file." };
    private readonly Option<int> _steps = new("--steps")
    {
        Description = "Steps to measure; a slow model stops earlier.",
        HelpName = "N",
        DefaultValueFactory = _ => _defaultSteps,
    };

    public BenchVerb(Terminal terminal) : base(terminal, "bench",
        "Measures nanoseconds and allocated bytes per step on this machine.",
        "edgernn bench model.ernn --steps 100000")
    {
        Add(_model);
        Add(_steps);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        int steps = arguments.GetValue(_steps);
        if (steps < 1) throw new CommandException($"--steps {steps}: expected at least 1");
        Model model = ModelFile.Load(arguments.GetRequiredValue(_model));
        StepTiming timing = StepTiming.Measure(model, steps);
        report.Line($"median      {Quantity.Duration(timing.MedianNs)} per step");
        report.Line($"range       {Quantity.Duration(timing.FastestNs)} to {Quantity.Duration(timing.SlowestNs)} " +
            $"over {timing.Blocks} blocks, {Quantity.Count(timing.Steps)} steps together");
        report.Line($"allocated   {Quantity.Count(timing.AllocatedBytes)} bytes");
        report.Line($"path        {timing.Path}");
        report.Document(timing);
        return ExitCode.Done;
    }
}
