namespace EdgeRnn.Runtime;

/// <summary>Every limit on what a model file may ask for. A file within them costs bounded memory and bounded time.</summary>
public static class ModelLimits
{
    /// <summary>Layers in one graph.</summary>
    public const int MaxNodes = 1024;

    /// <summary>Tensors in one file.</summary>
    public const int MaxTensors = 8192;

    /// <summary>
    /// Elements of tensors that further layers use again, each use after the first counted: every layer may pack a copy. A scale of a row
    /// counts as <see cref="ElementsPerScale"/>.
    /// </summary>
    public const int MaxSharedElements = 1 << 24;

    /// <summary>What the scale of a row of a block takes when it is packed, in elements of <see cref="MaxSharedElements"/>.</summary>
    public const int ElementsPerScale = 16;

    /// <summary>Column blocks of one quantized matrix.</summary>
    public const int MaxBlocks = 256;

    /// <summary>Groups of all convolutions and column blocks of all quantized matrices of a graph: each is packed for itself.</summary>
    public const int MaxGroups = 65535;

    /// <summary>Features of any value: inputs, outputs, hidden units.</summary>
    public const int MaxFeatures = 65535;

    /// <summary>Steps in a window, decoder steps, and steps a convolution looks back.</summary>
    public const int MaxSteps = 1 << 20;

    /// <summary>Bytes of state, window and scratch one session may need, unless the caller allows another figure.</summary>
    public const int MaxSessionBytes = 64 * 1024 * 1024;

    /// <summary>Bytes of weights with two rows in one number, whatever a caller of Load allows.</summary>
    public const int MaxRowPairBytes = 256 * 1024 * 1024;

    /// <summary>Golden steps of a file.</summary>
    public const int MaxGoldenSteps = 1 << 22;

    /// <summary>Cost of all golden steps of a file together, counted as for <see cref="MaxCostPerStep"/>.</summary>
    public const long MaxGoldenCost = 1L << 32;

    /// <summary>
    /// Cost of the costliest step, a few seconds on a desktop core: multiply-accumulates and, for each layer that runs, its
    /// input size, 8 times its output size, and 16.
    /// </summary>
    public const long MaxCostPerStep = 1L << 31;
}
