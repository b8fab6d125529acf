using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Verify;

/// <summary>What the reader of an array of steps knows about the model it is for.</summary>
public sealed record StepArrayOptions
{
    /// <summary>Features per step the model reads, or null to take what the file has.</summary>
    public int? Features { get; init; }

    /// <summary>[features] names of the model's channels, by which columns of a CSV are picked; empty when it has none.</summary>
    public IReadOnlyList<string> ChannelNames { get; init; } = [];

    /// <summary>Whether the leading time of a CSV is kept.</summary>
    public bool KeepTimes { get; init; }

    /// <summary>The batch axis the user named, 0 or 1, or null.</summary>
    public int? BatchAxis { get; init; }

    /// <summary>The batch axis of the model's source, 0 or 1: used for a three-dimensional array when no axis is 1.</summary>
    public int SourceBatchAxis { get; init; } = 1;

    /// <summary>
    /// The batch the model's source was fixed to, or null. An array with just as many on the source's batch axis is such a
    /// batch, also where another axis is 1.
    /// </summary>
    public int? SourceBatchSize { get; init; }

    /// <summary>The options for the input of a model.</summary>
    /// <param name="model">Its input size, channel names and the metadata <c>batchAxis</c> and <c>batchSize</c>.</param>
    /// <param name="batchAxis">The batch axis the user named, 0 or 1, or null.</param>
    public static StepArrayOptions ForInputOf(Model model, int? batchAxis = null) => new()
    {
        Features = model.InputSize,
        ChannelNames = model.InputNames,
        BatchAxis = batchAxis,
        SourceBatchAxis = SourceBatchAxisOf(model),
        SourceBatchSize = model.Metadata.TryGetValue("batchSize", out string? size) && int.TryParse(size, out int batch)
            ? batch
            : null,
    };

    /// <summary>The options for the input of a graph that is no file yet.</summary>
    /// <param name="graph">From an importer.</param>
    /// <param name="batchAxis">The batch axis the user named, 0 or 1, or null.</param>
    public static StepArrayOptions ForInputOf(RecurrentGraph graph, int? batchAxis = null) => new()
    {
        Features = graph.Main.InputSize,
        ChannelNames = graph.Preprocessing?.ChannelNames ?? [],
        BatchAxis = batchAxis,
        SourceBatchAxis = graph.BatchAxis,
        SourceBatchSize = graph.BatchSize,
    };

    private static int SourceBatchAxisOf(Model model) =>
        model.Metadata.TryGetValue("batchAxis", out string? axis) && axis == "0" ? 0 : 1;
}
