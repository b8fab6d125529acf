using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Cli.Output;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Demo;

/// <summary>A board and whether the demo's model fits it, an estimate.</summary>
/// <param name="Id">The board.</param>
/// <param name="Verdict">fits, tight, doesNotFit.</param>
/// <param name="WorstStepSeconds">The costliest step there.</param>
internal sealed record DemoBoard(string Id, EdgeRnn.Converter.Boards.Fit Verdict, double WorstStepSeconds);

/// <summary>What the demo found.</summary>
internal sealed record DemoResult
{
    /// <summary>Always true: the pump, its sensor and its pins are computed.</summary>
    public bool IsSimulated { get; } = true;

    /// <summary>Samples per second.</summary>
    public required double RateHz { get; init; }

    /// <summary>Bytes of the trained weights as PyTorch saved them.</summary>
    public required long SourceBytes { get; init; }

    /// <summary>The converted model.</summary>
    public required ModelReport Model { get; init; }

    /// <summary>Steps compared with PyTorch.</summary>
    public required int ComparedSteps { get; init; }

    /// <summary>The float model against PyTorch: the largest difference of an answer, in standard deviations.</summary>
    public required DemoAgreement AsFloat { get; init; }

    /// <summary>The integer model against PyTorch: error-to-signal ratio.</summary>
    public required DemoAgreement AsIntegers { get; init; }

    /// <summary>Whether the golden steps of the file came out.</summary>
    public required bool GoldenStepsPassed { get; init; }

    /// <summary>Whether everything agreed.</summary>
    public required bool Verified { get; init; }

    /// <summary>What a step costs on this computer.</summary>
    public required StepTiming Timing { get; init; }

    /// <summary>The boards, with estimates at the scenario's rate.</summary>
    public required IReadOnlyList<DemoBoard> Boards { get; init; }

    /// <summary>What the scenario is about.</summary>
    public required string Scenario { get; init; }

    /// <summary>The seed of its noise.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How long it lasts, in seconds of device time.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Scores over time.</summary>
    public required IReadOnlyList<DemoSpan> Chart { get; init; }

    /// <summary>The threshold the device learnt.</summary>
    public required float Threshold { get; init; }

    /// <summary>When the bearing begins to fail.</summary>
    public required double FaultSeconds { get; init; }

    /// <summary>When the first alarm came; null: none did.</summary>
    public required double? AlarmSeconds { get; init; }

    /// <summary>The pin of the alarm; null: the board has none.</summary>
    public required int? AlarmPin { get; init; }

    /// <summary>When that pin went on; null: it did not.</summary>
    public required double? PinSeconds { get; init; }

    /// <summary>What the scenario expected.</summary>
    public required IReadOnlyList<Verdict> Verdicts { get; init; }

    /// <summary>Whether all of that came.</summary>
    public bool IsMet => Verdicts.All(verdict => verdict.Met == true);
}
