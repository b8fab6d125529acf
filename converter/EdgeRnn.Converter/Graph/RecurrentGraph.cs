using System.Collections.Generic;

namespace EdgeRnn.Converter.Graph;

/// <summary>
/// The canonical float graph every importer produces and every later stage reads: one gate order (LSTM i f g o, GRU z r n),
/// one flag for the GRU reset mode, weights row-major [outputs, inputs]. Nodes stand in execution order.
/// </summary>
public sealed class RecurrentGraph
{
    /// <summary>A name for people; it goes into the file's metadata.</summary>
    public required string Name { get; init; }

    /// <summary>The part that runs on every time step; the encoder of an encoder-decoder.</summary>
    public required Subgraph Main { get; init; }

    /// <summary>The part that unrolls <see cref="WindowPlan.DecoderSteps"/> steps at the end of a window, or null.</summary>
    public Subgraph? Decoder { get; init; }

    /// <summary>When windows start and end and what they answer; null for a plain stream.</summary>
    public WindowPlan? Window { get; init; }

    /// <summary>
    /// Standardisation of the raw input and the names of its channels; null when the input is used as it comes.
    /// </summary>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>
    /// Which axis of the source's three-dimensional arrays is the batch: 0 for [batch, steps, features], 1 otherwise.
    /// </summary>
    public int BatchAxis { get; init; } = 1;

    /// <summary>
    /// The batch the source was fixed to, or null where it takes any; the model itself always runs one stream per session.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>Text pairs that travel in the file (source format, producer, labels); keys are lower-case words.</summary>
    public IDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>What the importer inferred or left out, one sentence each, shown to the user at conversion.</summary>
    public IList<string> Notes { get; } = new List<string>();
}

/// <summary>A directed graph of layers in execution order. Value 0 is its input, value k the output of node k - 1.</summary>
public sealed class Subgraph
{
    /// <summary>Features per time step of value 0.</summary>
    public required int InputSize { get; init; }

    /// <summary>The layers, each reading only values made before it.</summary>
    public required IReadOnlyList<GraphNode> Nodes { get; init; }

    /// <summary>What the graph answers: these pieces of values, one after another.</summary>
    public required IReadOnlyList<Segment> Outputs { get; init; }

    /// <summary>Features per time step of the answer.</summary>
    public int OutputSize => Segment.TotalLength(Outputs);

    /// <summary>Features of a value: the input's for 0, the output size of node k - 1 for k.</summary>
    public int ValueSize(int value) => value == 0 ? InputSize : Nodes[value - 1].OutputSize;
}

/// <summary>
/// A contiguous piece of a value. A list of segments is read as their concatenation, so that neither concatenation
/// nor slicing needs a layer of its own.
/// </summary>
/// <param name="Value">0 is the graph's input, k the output of node k - 1.</param>
/// <param name="Offset">First feature.</param>
/// <param name="Length">Number of features.</param>
public readonly record struct Segment(int Value, int Offset, int Length)
{
    /// <summary>The number of features in a list of segments.</summary>
    public static int TotalLength(IReadOnlyList<Segment> segments)
    {
        int total = 0;
        foreach (Segment segment in segments) total += segment.Length;
        return total;
    }
}

/// <summary>
/// Standardisation of the raw input: y = clip((x - mean) * inverseScale), two separately rounded float operations.
/// </summary>
/// <param name="Mean">[inputSize], in the sensor's units.</param>
/// <param name="InverseScale">[inputSize], 1 / standard deviation.</param>
/// <param name="Clip">Largest magnitude after scaling, in standard units; 0 for none.</param>
public sealed record Preprocessing(float[] Mean, float[] InverseScale, float Clip)
{
    /// <summary>[inputSize] names of the channels, or empty.</summary>
    public IReadOnlyList<string> ChannelNames { get; init; } = [];

    /// <summary>[inputSize] units of the channels (g, degC, rpm), or empty.</summary>
    public IReadOnlyList<string> ChannelUnits { get; init; } = [];
}
