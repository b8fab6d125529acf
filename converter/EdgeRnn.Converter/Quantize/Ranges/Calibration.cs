using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize.Reference;
using EdgeRnn.Converter.Quantize.Rounding;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>Runs a recording through a model in float64 and chooses the range of every signal.</summary>
public static class Calibration
{
    private const int FewSteps = 100;

    /// <summary>Calibrates.</summary>
    /// <param name="graph">A graph that the file writer accepts.</param>
    /// <param name="recording">Raw input, as the sensor gives it; every sequence starts from the initial state.</param>
    /// <param name="options">How ranges are chosen; null for the default.</param>
    /// <exception cref="ConversionException">The recording has other channels than the model, or no good step.</exception>
    public static CalibrationResult Run(RecurrentGraph graph, StepArray recording, CalibrationOptions? options = null)
    {
        options ??= new CalibrationOptions();
        if (options.Percent is not (> 0 and <= 100))
        {
            throw new ConversionException($"calibration: a percentile of {options.Percent:g}; expected more than 0 and at most " +
                "100");
        }
        CalibrationInput input = new(graph, recording);
        InputLimits? limits = options.Method == RangeMethod.Robust ? new InputLimits(graph.Main, input.Levels()) : null;
        InputStatistics inputs = new(graph, input.Steps);
        SignalStatistics statistics = RunAll(graph, input, limits, inputs);
        RangeChoice choice = new(graph, options, statistics.Signals, limits);
        ValueRanges ranges = choice.Choose([.. WarningsOf(input)]);
        return new CalibrationResult(ranges, statistics.Signals, inputs)
        {
            Steps = input.Steps,
            SkippedSteps = input.SkippedSteps,
            LimitedValues = limits?.LimitedValues ?? 0,
        };
    }

    private static SignalStatistics RunAll(RecurrentGraph graph, CalibrationInput input, InputLimits? limits,
        InputStatistics inputs)
    {
        SignalStatistics statistics = new();
        ReferenceRun run = new(graph, statistics, inputs);
        foreach (double[]? row in input.Rows(1))
        {
            if (row != null) limits?.Apply(row);
            inputs.AddStep(row);
            if (row == null) run.Reset();
            else run.StepStandardised(row);
        }
        inputs.Complete();
        statistics.Replace(new SignalId(GraphPart.Main, 0), input.Statistics);
        return statistics;
    }

    private static IEnumerable<string> WarningsOf(CalibrationInput input)
    {
        if (input.SkippedSteps > 0)
        {
            yield return $"calibration: {input.SkippedSteps} of {input.Steps + input.SkippedSteps} steps have missing or " +
                "infinite values and were left out";
        }
        if (input.Steps < FewSteps)
        {
            yield return $"calibration: {input.Steps} steps are few; use a recording that shows all the model will meet, " +
                $"at least {FewSteps} steps";
        }
    }
}
