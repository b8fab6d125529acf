using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Boards;

namespace EdgeRnn.Cli.Output;

/// <summary>One resource of a board for scripts.</summary>
/// <param name="Name">RAM, flash or time.</param>
/// <param name="Needed">Bytes, or seconds.</param>
/// <param name="Budget">What there is.</param>
/// <param name="Share">Needed / Budget.</param>
/// <param name="Verdict">fits, tight, doesNotFit.</param>
/// <param name="Why">One sentence.</param>
internal sealed record ResourceReport(string Name, double Needed, double Budget, double Share, Fit Verdict, string Why);

/// <summary>A model on a board for scripts. Every figure is an estimate.</summary>
internal sealed record BoardReport
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required BoardRuntime Runtime { get; init; }

    public required Fit Verdict { get; init; }

    /// <summary>A sentence for each resource, and for each thing that stands in the way.</summary>
    public required IReadOnlyList<string> Why { get; init; }

    public required IReadOnlyList<ResourceReport> Resources { get; init; }

    public required long ModelRamBytes { get; init; }

    public required long SessionRamBytes { get; init; }

    public required long DetectorRamBytes { get; init; }

    public required long StartRamBytes { get; init; }

    public required long ProgramRamBytes { get; init; }

    public required int FileBytes { get; init; }

    /// <summary>Interpreted operations of the costliest step; null with .NET.</summary>
    public required double? OperationsPerStep { get; init; }

    public required double WorstStepSeconds { get; init; }

    public required double MeanStepSeconds { get; init; }

    /// <summary>What to allow rows in pairs, the third argument of Model.Load; 0: leave them.</summary>
    public required int RowPairBytes { get; init; }

    public required int AllRowPairBytes { get; init; }

    public required double StepSecondsWithoutRowPairs { get; init; }

    /// <summary>Where the board's figures are from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Describes an estimate.</summary>
    public static BoardReport Of(BoardCost cost) => new()
    {
        Id = cost.Board.Id,
        Name = cost.Board.Name,
        Runtime = cost.Board.Runtime,
        Verdict = cost.Fit,
        Why = [.. BoardText.Reasons(cost)],
        Resources = [.. cost.Resources.Select(use =>
            new ResourceReport(use.Name, use.Needed, use.Budget, use.Share, use.Fit, BoardText.Reason(use)))],
        ModelRamBytes = cost.Memory.ModelBytes,
        SessionRamBytes = cost.Memory.SessionBytes,
        DetectorRamBytes = cost.Memory.DetectorBytes,
        StartRamBytes = cost.Memory.StartBytes,
        ProgramRamBytes = cost.Memory.OtherBytes,
        FileBytes = cost.FileBytes,
        OperationsPerStep = cost.Operations,
        WorstStepSeconds = cost.WorstSeconds,
        MeanStepSeconds = cost.MeanSeconds,
        RowPairBytes = cost.RowPairBytes,
        AllRowPairBytes = cost.AllRowPairBytes,
        StepSecondsWithoutRowPairs = cost.PlainSeconds,
        Sources = [$"RAM: {cost.Board.RamSource}", $"flash: {cost.Board.FlashSource}", $"speed: {cost.Board.SpeedSource}"],
    };
}
