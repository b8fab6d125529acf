using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>Reads the key <c>decoder</c>: the graph that unrolls at the end of a window, and what it is handed.</summary>
internal static class DecoderReader
{
    private static readonly Dictionary<string, DecoderFeedback> _feedbacks = new(StringComparer.Ordinal)
    {
        ["zero"] = DecoderFeedback.Zero,
        ["repeat"] = DecoderFeedback.Repeat,
        ["autoregressive"] = DecoderFeedback.Autoregressive,
    };

    /// <summary>Reads the object.</summary>
    /// <param name="body">The object.</param>
    /// <param name="window">The windows, so far without a decoder.</param>
    /// <param name="subgraphs">Reads the layers.</param>
    /// <param name="main">The main graph.</param>
    /// <param name="mainWiring">The names of its values.</param>
    /// <returns>The complete plan and the decoder.</returns>
    public static (WindowPlan Plan, Subgraph Decoder) Read(SourceObject body, WindowPlan window, SubgraphReader subgraphs,
        Subgraph main, Wiring mainWiring)
    {
        int steps = body.Required("steps").AsInteger(1, ModelLimits.MaxSteps);
        int perTick = body.Optional("stepsPerTick")?.AsInteger(0, steps) ?? 0;
        bool reversedTarget = body.Optional("reversedTarget")?.AsFlag() ?? false;
        (DecoderFeedback feedback, IReadOnlyList<Segment> handOver, int inputSize) = ReadInput(body, mainWiring);
        (Subgraph decoder, Wiring wiring) = subgraphs.Read(body, inputSize);
        if (feedback == DecoderFeedback.Autoregressive && decoder.OutputSize != inputSize)
            throw body.Fail($"its output of {decoder.OutputSize} features comes back as its input of {inputSize}; they have to be equal");
        StateLink[] links = body.Optional("stateLinks") is { } list
            ? [.. list.AsList().SelectMany(item => StateLinkReader.Read(item.AsObject(), main, mainWiring, decoder, wiring))] : [];
        body.Close();

        WindowPlan plan = window with
        {
            DecoderSteps = steps,
            DecoderStepsPerTick = perTick,
            ReversedTarget = reversedTarget,
            Feedback = feedback,
            DecoderInput = handOver,
            StateLinks = links,
        };
        return (plan, decoder);
    }

    private static (DecoderFeedback Feedback, IReadOnlyList<Segment> HandOver, int InputSize) ReadInput(SourceObject body, Wiring main)
    {
        SourceValue feedbackValue = body.Required("feedback");
        DecoderFeedback feedback = feedbackValue.AsChoice(_feedbacks);
        SourceValue? handed = body.Optional("handOver"), size = body.Optional("inputSize");
        if (handed is not { } places)
        {
            if (feedback == DecoderFeedback.Repeat) throw feedbackValue.Fail("repeat needs 'handOver', the context that is repeated");
            SourceValue given = size ?? throw body.Fail("without 'handOver' the decoder needs 'inputSize'");
            return (feedback, [], given.AsInteger(1, ModelLimits.MaxFeatures));
        }
        if (feedback == DecoderFeedback.Zero) throw places.Fail("a decoder that reads zeros is handed no input; use 'stateLinks'");
        IReadOnlyList<Segment> segments = main.Read(places);
        int total = Segment.TotalLength(segments);
        if (size is { } claimed && claimed.AsInteger(1) != total)
            throw claimed.Fail($"'handOver' has {total} features, found {claimed.Found}");
        return (feedback, segments, total);
    }
}
