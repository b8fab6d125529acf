namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>Which time steps a <see cref="StreamValue"/> holds.</summary>
/// <param name="Steps">How many, where the file says so.</param>
internal sealed record Timing(long? Steps)
{
    /// <summary>Zeros put before the first step, which only a convolution can consume.</summary>
    public long Padding { get; init; }

    /// <summary>Steps past the end of the stream, computed by a convolution padded on both sides and cut off later.</summary>
    public long Lookahead { get; init; }

    /// <summary>The convolution that looks ahead, or null.</summary>
    public OnnxNode? LookaheadOf { get; init; }

    /// <summary>The number of steps that were laid out as features, so that one value holds all of a window; else null.</summary>
    public int? Window { get; init; }

    /// <summary>Whether only the last step of a longer sequence was taken.</summary>
    public bool LastStep { get; init; }

    /// <summary>Whether it is what a recurrent node hands out as its final state (Y_h, Y_c), at most rearranged.</summary>
    public bool FinalState { get; init; }
}
