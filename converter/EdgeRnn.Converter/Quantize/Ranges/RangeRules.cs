using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>
/// What formats owe each other, wherever the ranges come from: states joined by a state link have one format, a decoder's input
/// holds all that is copied there, and a value that names rows of a table holds the last row's number.
/// </summary>
internal sealed class RangeRules(RecurrentGraph graph)
{
    private const int LargestIndex = short.MaxValue;

    /// <summary>One sentence for each rule that cannot be kept.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>The ranges with the rules applied; formats get wider only.</summary>
    public Dictionary<SignalId, ValueRange> Apply(IReadOnlyDictionary<SignalId, ValueRange> ranges)
    {
        Dictionary<SignalId, ValueRange> result = new(ranges);
        HoldIndexes(result, GraphPart.Main, graph.Main);
        if (graph.Decoder == null || graph.Window == null) return result;
        HoldIndexes(result, GraphPart.Decoder, graph.Decoder);
        // A link may widen what an earlier one joined, so the links are passed over until nothing changes.
        while (graph.Window.StateLinks.Aggregate(false, (changed, link) => Join(result, link) | changed)) { }
        HoldCopies(result, graph.Decoder, graph.Window);
        return result;
    }

    private static bool Join(Dictionary<SignalId, ValueRange> ranges, StateLink link)
    {
        SignalId main = StateOf(GraphPart.Main, link.MainNode, link.MainPart);
        SignalId decoder = StateOf(GraphPart.Decoder, link.DecoderNode, link.DecoderPart);
        bool changed = ranges[main].FractionBits != ranges[decoder].FractionBits;
        // A bounded cell has 15 bits at most, whatever its range.
        ValueRange held = Wider(Wider(ranges[main], ranges[decoder]), new ValueRange(0, QuantizedLimits.GateBits));
        ranges[main] = held with { ClippedShare = ranges[main].ClippedShare };
        ranges[decoder] = held with { ClippedShare = ranges[decoder].ClippedShare };
        return changed;
    }

    private static void HoldCopies(Dictionary<SignalId, ValueRange> ranges, Subgraph decoder, WindowPlan window)
    {
        SignalId input = new(GraphPart.Decoder, 0);
        foreach (Segment piece in window.DecoderInput) Hold(new SignalId(GraphPart.Main, piece.Value));
        if (window.Feedback != DecoderFeedback.Autoregressive) return;
        foreach (Segment piece in decoder.Outputs) Hold(new SignalId(GraphPart.Decoder, piece.Value));

        void Hold(SignalId source) => ranges[input] = Wider(ranges[input], ranges[source]);
    }

    private void HoldIndexes(Dictionary<SignalId, ValueRange> ranges, GraphPart part, Subgraph subgraph)
    {
        foreach (EmbeddingNode embedding in subgraph.Nodes.OfType<EmbeddingNode>())
        {
            SignalId index = new(part, embedding.Inputs[0].Value);
            int last = embedding.Table.Shape[0] - 1;
            // One more, so that a number beyond the table does not saturate to its last row.
            ranges[index] = Wider(ranges[index], ValueRange.Of(last + 1));
            if (last > LargestIndex || ranges[index].FractionBits < 0)
            {
                double largest = Math.Max(last, ranges[index].Magnitude);
                Warnings.Add($"{embedding.Name}: its input reaches {largest:g}, 16 bits name rows up to {LargestIndex} exactly; " +
                    "keep the layers before it in float");
            }
        }
    }

    private static SignalId StateOf(GraphPart part, int node, StatePart state) =>
        new(part, node + 1, state == StatePart.Cell ? Signal.CellState : Signal.Output);

    private static ValueRange Wider(ValueRange a, ValueRange b) => a with
    {
        Magnitude = Math.Max(a.Magnitude, b.Magnitude),
        FractionBits = Math.Min(a.FractionBits, b.FractionBits),
    };
}
