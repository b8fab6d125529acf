using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Cli.Output;

/// <summary>The outcome of a verification.</summary>
internal static class VerifyText
{
    /// <summary>Writes it as text or as JSON.</summary>
    public static void Write(Report report, Comparison comparison, Answers answers)
    {
        string batch = answers.Sequences.Count == 1 ? "" : $" in {answers.Sequences.Count} sequences";
        bool all = comparison.ComparedRows == comparison.AnsweredRows;
        string compared = all ? "all" : $"{Quantity.Count(comparison.ComparedRows)} of";
        string answered = Quantity.Count(comparison.AnsweredRows);
        report.Line($"compared    {compared} {answered} answered rows of {answers.FrameSize} features{batch}");
        report.Line($"maximum     {Quantity.Error(comparison.MaxError)}");
        report.Line($"RMS         {Quantity.Error(comparison.RmsError)}");
        if (comparison.Metric == ErrorMetric.Esr || report.Verbose) report.Line($"ESR         {Quantity.Error(comparison.Esr)}");
        if (comparison.FirstBad is { } bad) report.Line($"first bad   {Place(bad, answers)}");
        if (comparison.Worst is { } worst && (!comparison.Passed || report.Verbose))
            report.Line($"largest at  {Place(worst, answers)}");
        string metric = comparison.Metric switch { ErrorMetric.Rms => "RMS", ErrorMetric.Esr => "ESR", _ => "maximum" };
        report.Line(comparison.Passed
            ? $"passed: {metric} within {Quantity.Error(comparison.Tolerance)}"
            : $"FAILED: {metric} above {Quantity.Error(comparison.Tolerance)}");
        report.Document(new
        {
            passed = comparison.Passed,
            metric = comparison.Metric,
            tolerance = comparison.Tolerance,
            maxError = comparison.MaxError,
            rmsError = comparison.RmsError,
            esr = comparison.Esr,
            comparedRows = comparison.ComparedRows,
            answeredRows = comparison.AnsweredRows,
            inputSteps = answers.InputSteps,
            sequences = answers.Sequences.Count,
            firstBad = comparison.FirstBad,
            worst = comparison.Worst,
        });
    }

    private static string Place(BadStep at, Answers answers)
    {
        string sequence = answers.Sequences.Count == 1 ? "" : $"sequence {at.Sequence}, ";
        string frame = answers.FramesPerAnswer == 1 ? "" : $"frame {at.Frame}, ";
        return $"{sequence}step {at.Step}, {frame}feature {at.Feature}: " +
            $"expected {Quantity.Exact(at.Expected)}, found {Quantity.Exact(at.Found)}";
    }
}
