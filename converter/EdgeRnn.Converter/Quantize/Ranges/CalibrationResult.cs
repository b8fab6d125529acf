using System.Collections.Generic;
using EdgeRnn.Converter.Quantize.Rounding;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>What a recording showed, and the ranges that follow.</summary>
public sealed class CalibrationResult
{
    internal CalibrationResult(ValueRanges ranges, IReadOnlyDictionary<SignalId, RangeStatistics> statistics,
        InputStatistics inputs)
    {
        Ranges = ranges;
        Statistics = statistics;
        Inputs = inputs;
    }

    /// <summary>The ranges of all signals.</summary>
    public ValueRanges Ranges { get; }

    /// <summary>
    /// The statistics of all signals that ran. The input's are of the recording as it is; those behind it are of the run, whose
    /// input the method may have limited.
    /// </summary>
    public IReadOnlyDictionary<SignalId, RangeStatistics> Statistics { get; }

    /// <summary>What the weight matrices multiplied in that run.</summary>
    public InputStatistics Inputs { get; }

    /// <summary>Steps that ran.</summary>
    public required long Steps { get; init; }

    /// <summary>Steps left out because a channel was missing or infinite.</summary>
    public required long SkippedSteps { get; init; }

    /// <summary>Input values that were cut off as outliers before they ran.</summary>
    public required long LimitedValues { get; init; }
}
