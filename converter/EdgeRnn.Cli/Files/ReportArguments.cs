using System.CommandLine;
using System.Globalization;
using EdgeRnn.Converter.Quantize.Report;

namespace EdgeRnn.Cli.Files;

/// <summary>The arguments that ask for a quantization report.</summary>
internal sealed class ReportArguments
{
    private readonly Option<string?> _report = new("--report")
    {
        Description = "Measures what integers cost, gate by gate, and writes it: a page, its figures, all numbers, or text.",
        HelpName = "REPORT.html|json|svg|txt",
    };

    private readonly Option<double?> _budget = new("--budget")
    {
        Description = "With --report: the layers it suggests to keep at higher precision may bring the weights (with biases " +
            "and scales; the structure of the file is not counted) to this share of their float size " +
            $"({ReportOptions.DefaultBudget.ToString(CultureInfo.InvariantCulture)}).",
        HelpName = "SHARE",
    };

    private readonly Option<int?> _driftSteps = new("--drift-steps")
    {
        Description = $"With --report: steps of the drift curves, 0 for none ({new ReportOptions().DriftSteps}).",
        HelpName = "N",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_report);
        verb.Add(_budget);
        verb.Add(_driftSteps);
    }

    /// <summary>Where the report goes, or null.</summary>
    public string? PathOf(ParseResult arguments) => arguments.GetValue(_report);

    /// <summary>Checks the options before any work is done.</summary>
    /// <param name="arguments">What the user typed.</param>
    /// <param name="integers">Whether the model becomes integers.</param>
    /// <param name="inputs">Files the report must not replace.</param>
    /// <exception cref="CommandException">An option is malformed or means nothing here.</exception>
    public void Check(ParseResult arguments, bool integers, params string?[] inputs)
    {
        if (PathOf(arguments) is not { } path)
        {
            Option? idle = arguments.GetResult(_budget) != null ? _budget : null;
            if (arguments.GetResult(_driftSteps) != null) idle ??= _driftSteps;
            if (idle == null) return;
            throw new CommandException($"{idle.Name}: goes with --report REPORT.html; add that, or leave it out");
        }
        if (!integers)
            throw new CommandException("--report: a float model loses nothing to report; add --scheme w8a16, or leave it out");
        ReportFile.CheckName(path);
        AtomicFile.CheckTarget(path, inputs);
        OptionsOf(arguments);
    }

    /// <summary>How much is measured.</summary>
    /// <exception cref="CommandException">An option is malformed.</exception>
    public ReportOptions OptionsOf(ParseResult arguments)
    {
        double budget = arguments.GetValue(_budget) ?? ReportOptions.DefaultBudget;
        if (!(budget > 0 && double.IsFinite(budget)))
            throw new CommandException($"--budget {budget}: expected a share of the float size above 0, such as 0.6");
        int steps = arguments.GetValue(_driftSteps) ?? new ReportOptions().DriftSteps;
        if (steps < 0) throw new CommandException($"--drift-steps {steps}: expected 0 or more");
        return new ReportOptions { Budget = budget, DriftSteps = steps };
    }
}
