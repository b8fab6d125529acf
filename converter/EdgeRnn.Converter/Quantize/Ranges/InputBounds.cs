using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>
/// What each feature of a model's input, after standardisation, is taken to stay within when no recording is at hand.
/// </summary>
internal sealed class InputBounds
{
    public InputBounds(RecurrentGraph graph)
    {
        double clip = graph.Preprocessing?.Clip ?? 0;
        Interval[] inputs = new Interval[graph.Main.InputSize];
        List<string> assumed = [];
        for (int feature = 0; feature < inputs.Length; feature++)
        {
            Interval? known = clip > 0 ? Interval.Symmetric(clip) : FromReaders(graph.Main, feature);
            inputs[feature] = known ?? Interval.Symmetric(IntervalBounds.AssumedInput);
            if (known == null) assumed.Add(NameOf(graph, feature));
        }
        Bounds = inputs;
        if (assumed.Count > 0) Warnings.Add(Describe(graph, assumed));
    }

    /// <summary>[inputSize].</summary>
    public Interval[] Bounds { get; }

    public List<string> Warnings { get; } = [];

    /// <summary>The channel's name, or its number.</summary>
    public static string NameOf(RecurrentGraph graph, int feature)
    {
        string name = graph.Preprocessing?.ChannelNames.ElementAtOrDefault(feature) ?? "";
        return name.Length > 0 ? name : $"channel {feature}";
    }

    // A standardiser or a table inside the graph tells what the feature before it looks like.
    private static Interval? FromReaders(Subgraph graph, int feature)
    {
        Interval? bounds = null;
        foreach (GraphNode node in graph.Nodes)
        {
            int place = PlaceOf(node, feature);
            if (place < 0) continue;
            if (FromReader(node, place) is not { } found) return null;
            bounds = bounds?.Hull(found) ?? found;
        }
        return bounds;
    }

    private static Interval? FromReader(GraphNode node, int place)
    {
        if (node is EmbeddingNode embedding) return new Interval(0, embedding.Table.Shape[0] - 1);
        if (node is not StandardiseNode scale || scale.InverseScale.Data[place] == 0) return null;
        double largest = scale.Clip > 0 ? scale.Clip : IntervalBounds.AssumedInput;
        double deviation = Math.Abs(largest / scale.InverseScale.Data[place]), mean = scale.Mean.Data[place];
        return new Interval(mean - deviation, mean + deviation);
    }

    // Where a feature of the graph's input stands among the features the node reads, or -1.
    private static int PlaceOf(GraphNode node, int feature)
    {
        int place = 0;
        foreach (Segment segment in node.Inputs)
        {
            if (segment.Value == 0 && feature >= segment.Offset && feature < segment.Offset + segment.Length)
                return place + feature - segment.Offset;
            place += segment.Length;
        }
        return -1;
    }

    private static string Describe(RecurrentGraph graph, List<string> assumed)
    {
        string names = assumed.Count == graph.Main.InputSize ? "all channels" : SourceText.List(assumed);
        string unit = graph.Preprocessing == null ? "the input is not standardised; +-8 is assumed"
            : "the standardised input has no clip; +-8 standard deviations are assumed";
        return $"input: {unit} for {names}, larger values saturate; calibrate with a recording or give the model a clip";
    }
}
