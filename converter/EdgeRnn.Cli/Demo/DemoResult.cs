using System.Collections.Generic;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Detect;

namespace EdgeRnn.Cli.Demo;

/// <summary>What the demo found.</summary>
internal sealed record DemoResult
{
    /// <summary>Always true: the stream was computed, not recorded from a machine.</summary>
    public bool SyntheticStream { get; } = true;

    /// <summary>Samples per second.</summary>
    public required double RateHz { get; init; }

    /// <summary>Samples of the stream.</summary>
    public required int Steps { get; init; }

    /// <summary>Bytes of the trained weights as PyTorch saved them.</summary>
    public required long SourceBytes { get; init; }

    /// <summary>The converted model.</summary>
    public required ModelReport Model { get; init; }

    /// <summary>Whether the answers agree with PyTorch's.</summary>
    public required bool Verified { get; init; }

    /// <summary>The largest difference from PyTorch's answers, in standard deviations.</summary>
    public required double MaxError { get; init; }

    /// <summary>The largest difference allowed.</summary>
    public required double Tolerance { get; init; }

    /// <summary>What a step costs here.</summary>
    public required StepTiming Timing { get; init; }

    /// <summary>Forecast error per part of the stream.</summary>
    public required IReadOnlyList<ErrorSpan> Segments { get; init; }

    /// <summary>Forecast error over time.</summary>
    public required IReadOnlyList<ErrorSpan> Chart { get; init; }

    /// <summary>What a detector calibrated on normal operation says of the stream.</summary>
    public required IReadOnlyList<AlarmSpan> Alarms { get; init; }
}
