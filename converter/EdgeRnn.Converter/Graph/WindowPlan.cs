using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Graph;

/// <summary>
/// Finite windows over the stream, with or without a decoder. Without a plan a model is a plain stream: it answers at every
/// step and never forgets by itself.
/// </summary>
public sealed record WindowPlan
{
    /// <summary>
    /// Steps per window; the main graph starts each window from its initial state. 0: one endless window, the main graph
    /// is never reset and the decoder runs every <see cref="Hop"/> steps.
    /// </summary>
    public required int WindowLength { get; init; }

    /// <summary>Steps from one answer to the next, 1 to windowLength (windowLength itself: windows side by side).</summary>
    public required int Hop { get; init; }

    /// <summary>What a window answers: see <see cref="WindowAnswer"/>.</summary>
    public required WindowAnswer Answer { get; init; }

    /// <summary>True: the window is read newest sample first once it is complete (Keras go_backwards).</summary>
    public bool ReversedInput { get; init; }

    /// <summary>
    /// True: a window starts from the state the one before ended with (Keras stateful), instead of the initial state. Needs windows
    /// side by side.
    /// </summary>
    public bool CarriesState { get; init; }

    /// <summary>Steps the decoder unrolls per answer; 0 without a decoder.</summary>
    public int DecoderSteps { get; init; }

    /// <summary>Decoder steps per time step; 0 runs all of them at once at the end of the window (a burst).</summary>
    public int DecoderStepsPerTick { get; init; }

    /// <summary>
    /// Pieces of main-graph values handed to the decoder's input when a window ends: the context for repeat, the first
    /// input for autoregressive, empty for zero.
    /// </summary>
    public IReadOnlyList<Segment> DecoderInput { get; init; } = [];

    /// <summary>What the decoder reads at each of its steps.</summary>
    public DecoderFeedback Feedback { get; init; }

    /// <summary>True: decoder step k belongs to sample decoderSteps - 1 - k; answers are always given in time order.</summary>
    public bool ReversedTarget { get; init; }

    /// <summary>
    /// States of decoder layers that start from states of main-graph layers; the others start from their own initial state.
    /// </summary>
    public IReadOnlyList<StateLink> StateLinks { get; init; } = [];
}

/// <summary>
/// At the end of a window the state of a decoder layer is set to the state of a main-graph layer of the same size.
/// </summary>
/// <param name="MainNode">Index of the node in the main graph.</param>
/// <param name="MainPart">Which of its states.</param>
/// <param name="DecoderNode">Index of the node in the decoder.</param>
/// <param name="DecoderPart">Which of its states.</param>
public readonly record struct StateLink(int MainNode, StatePart MainPart, int DecoderNode, StatePart DecoderPart);
