using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>
/// Ranges without a recording: bounds that no input within the assumed range can break, layer by layer from the input to the
/// answer. They are several bits wider than what a recording shows wherever a layer sums many inputs.
/// </summary>
public static class IntervalBounds
{
    /// <summary>What an input without a clip is taken to stay within: 8 standard deviations, or 8 units of a raw input.</summary>
    public const double AssumedInput = 8;

    private const int MaxFeedbackTurns = 16;

    /// <summary>The ranges of all signals of a model; <see cref="ValueRanges.Uncalibrated"/> is set.</summary>
    /// <param name="graph">A graph that the file writer accepts.</param>
    public static ValueRanges Of(RecurrentGraph graph)
    {
        InputBounds input = new(graph);
        BoundsTable table = Compute(graph, input.Bounds);
        RangeRules rules = new(graph);
        Dictionary<SignalId, ValueRange> ranges = rules.Apply(table.Signals.ToDictionary(pair => pair.Key,
            pair => ValueRange.Of(pair.Value.Interval.Magnitude)));
        return new ValueRanges(ranges, uncalibrated: true, [.. input.Warnings, .. table.Warnings, .. rules.Warnings]);
    }

    /// <summary>The bounds of every signal for an input within given bounds.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="input">[inputSize], after standardisation.</param>
    internal static BoundsTable Compute(RecurrentGraph graph, Interval[] input)
    {
        BoundsTable table = new();
        GraphBounds main = new(graph.Main, GraphPart.Main, input, new Dictionary<(int, bool), Interval[]>(), table);
        if (graph.Decoder != null && graph.Window != null) AddDecoder(graph.Decoder, graph.Window, main, table);
        return table;
    }

    private static void AddDecoder(Subgraph decoder, WindowPlan window, GraphBounds main, BoundsTable table)
    {
        Dictionary<(int, bool), Interval[]> linked = [];
        foreach (StateLink link in window.StateLinks)
        {
            linked[(link.DecoderNode, link.DecoderPart == StatePart.Cell)] =
                main.State(link.MainNode, link.MainPart == StatePart.Cell);
        }
        Interval[] handedOver = window.DecoderInput.Count == 0 ? new Interval[decoder.InputSize] : main.Read(window.DecoderInput);
        bool feedsBack = window.Feedback == DecoderFeedback.Autoregressive;
        Interval[] input = feedsBack ? Unroll() : handedOver;
        _ = new GraphBounds(decoder, GraphPart.Decoder, input, linked, table);

        // The input after each step: as many steps as the decoder takes, or until nothing new is reached.
        Interval[] Unroll()
        {
            Interval[] reached = handedOver;
            for (int turn = 0; turn < Math.Min(window.DecoderSteps, MaxFeedbackTurns); turn++)
            {
                GraphBounds step = new(decoder, GraphPart.Decoder, reached, linked, table);
                Interval[] next = IntervalMath.Hull(reached, step.Read(decoder.Outputs));
                if (IntervalMath.Holds(reached, next)) return reached;
                reached = next;
            }
            if (window.DecoderSteps <= MaxFeedbackTurns) return reached;
            table.Assume($"decoder: nothing bounds the output it reads again; {BoundsTable.AssumedState:g} is assumed as the " +
                "largest magnitude, calibrate with a recording");
            Interval assumed = Interval.Symmetric(BoundsTable.AssumedState);
            return IntervalMath.Hull(handedOver, IntervalMath.Fill(assumed, decoder.InputSize));
        }
    }
}
