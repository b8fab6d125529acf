using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Graph;

/// <summary>One layer of a <see cref="Subgraph"/>.</summary>
/// <param name="Name">The layer's name in messages and reports: the name it has in the source where there is one.</param>
/// <param name="Inputs">What it reads, concatenated.</param>
public abstract record GraphNode(string Name, IReadOnlyList<Segment> Inputs)
{
    /// <summary>Features it produces per time step.</summary>
    public abstract int OutputSize { get; }

    /// <summary>Features it reads per time step.</summary>
    public int InputSize => Segment.TotalLength(Inputs);
}

/// <summary>y = f(W x + b).</summary>
/// <param name="Name">Layer name.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="Weights">W, [outputSize, inputSize].</param>
/// <param name="Bias">b, [outputSize], or null.</param>
/// <param name="Activation">f; softmax is allowed.</param>
public sealed record DenseNode(string Name, IReadOnlyList<Segment> Inputs, Tensor Weights, Tensor? Bias, Activation Activation)
    : GraphNode(Name, Inputs)
{
    /// <inheritdoc/>
    public override int OutputSize => Weights.Shape[0];
}

/// <summary>Elman cell: h = f(W x + U h' + b).</summary>
/// <param name="Name">Layer name.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="InputWeights">W, [hiddenSize, inputSize].</param>
/// <param name="RecurrentWeights">U, [hiddenSize, hiddenSize].</param>
/// <param name="Bias">b = b_W + b_U, [hiddenSize].</param>
/// <param name="Activation">f.</param>
public sealed record RnnNode(string Name, IReadOnlyList<Segment> Inputs, Tensor InputWeights, Tensor RecurrentWeights,
    Tensor Bias, Activation Activation) : GraphNode(Name, Inputs)
{
    /// <inheritdoc/>
    public override int OutputSize => RecurrentWeights.Shape[0];

    /// <summary>Bound on |pre-activation| (ONNX clip); 0 for none.</summary>
    public float PreActivationClip { get; init; }

    /// <summary>h before the first step, [hiddenSize]; null is zero.</summary>
    public Tensor? InitialHidden { get; init; }
}

/// <summary>
/// Long short-term memory: i, f, o = gate(.), g = cell(.) of W x + U h' + b; c = f*c' + i*g; h = o*output(c).
/// With coupling one gate is absent and equals 1 - the other, so W, U and b have three blocks instead of four.
/// </summary>
/// <param name="Name">Layer name.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="InputWeights">W, [gates * cellSize, inputSize], blocks i f g o (without the absent one).</param>
/// <param name="RecurrentWeights">U, [gates * cellSize, outputSize], same blocks.</param>
/// <param name="Bias">b = b_W + b_U, [gates * cellSize], same blocks.</param>
public sealed record LstmNode(string Name, IReadOnlyList<Segment> Inputs, Tensor InputWeights, Tensor RecurrentWeights,
    Tensor Bias) : GraphNode(Name, Inputs)
{
    /// <summary>cellSize: units of c.</summary>
    public int CellSize => Bias.Shape[0] / (Coupling == GateCoupling.None ? 4 : 3);

    /// <inheritdoc/>
    public override int OutputSize => RecurrentWeights.Shape[1];

    /// <summary>Which gate is 1 - the other.</summary>
    public GateCoupling Coupling { get; init; }

    /// <summary>Peephole weights p_i p_f p_o, [3 * cellSize] (an absent gate's third is ignored), or null.</summary>
    public Tensor? Peepholes { get; init; }

    /// <summary>W_p of h = W_p (o*output(c)) + b_p, [outputSize, cellSize], or null.</summary>
    public Tensor? Projection { get; init; }

    /// <summary>b_p, [outputSize], or null.</summary>
    public Tensor? ProjectionBias { get; init; }

    /// <summary>Activation of i, f and o.</summary>
    public Activation GateActivation { get; init; } = Activation.Sigmoid;

    /// <summary>Activation of the candidate g.</summary>
    public Activation CellActivation { get; init; } = Activation.Tanh;

    /// <summary>Activation applied to c for the output.</summary>
    public Activation OutputActivation { get; init; } = Activation.Tanh;

    /// <summary>Bound on the input of every activation (ONNX clip); 0 for none.</summary>
    public float PreActivationClip { get; init; }

    /// <summary>h before the first step, [outputSize]; null is zero.</summary>
    public Tensor? InitialHidden { get; init; }

    /// <summary>c before the first step, [cellSize]; null is zero.</summary>
    public Tensor? InitialCell { get; init; }
}

/// <summary>
/// Gated recurrent unit: z, r = gate(.); n = candidate(W_n x + b_n + r*(U_n h' + b_Un)) when the reset comes after the
/// product, candidate(W_n x + b_n + U_n (r*h')) when before; h = (1 - z)*n + z*h'.
/// </summary>
/// <param name="Name">Layer name.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="InputWeights">W, [3 * hiddenSize, inputSize], blocks z r n.</param>
/// <param name="RecurrentWeights">U, [3 * hiddenSize, hiddenSize], blocks z r n.</param>
/// <param name="Bias">[4 * hiddenSize] b_z b_r b_Wn b_Un with reset after, [3 * hiddenSize] b_z b_r b_n with reset
/// before.</param>
/// <param name="ResetAfter">Whether r multiplies the product (PyTorch, Keras default) or the state (ONNX default, TF1).</param>
public sealed record GruNode(string Name, IReadOnlyList<Segment> Inputs, Tensor InputWeights, Tensor RecurrentWeights,
    Tensor Bias, bool ResetAfter) : GraphNode(Name, Inputs)
{
    /// <inheritdoc/>
    public override int OutputSize => RecurrentWeights.Shape[1];

    /// <summary>Activation of z and r.</summary>
    public Activation GateActivation { get; init; } = Activation.Sigmoid;

    /// <summary>Activation of the candidate n.</summary>
    public Activation CandidateActivation { get; init; } = Activation.Tanh;

    /// <summary>Bound on |pre-activation| (ONNX clip); 0 for none.</summary>
    public float PreActivationClip { get; init; }

    /// <summary>h before the first step, [hiddenSize]; null is zero.</summary>
    public Tensor? InitialHidden { get; init; }
}

/// <summary>Row lookup: y = table[round(x)] for an input of one feature that holds a whole number.</summary>
/// <param name="Name">Layer name.</param>
/// <param name="Inputs">One feature.</param>
/// <param name="Table">[vocabularySize, outputSize].</param>
public sealed record EmbeddingNode(string Name, IReadOnlyList<Segment> Inputs, Tensor Table) : GraphNode(Name, Inputs)
{
    /// <inheritdoc/>
    public override int OutputSize => Table.Shape[1];
}

/// <summary>
/// Causal 1-D convolution over time: y_t = f(b + sum_k W[:, :, k] x_{t - (kernelSize - 1 - k) * dilation}), as in PyTorch
/// (cross-correlation; k = kernelSize - 1 multiplies the newest sample).
/// </summary>
/// <param name="Name">Layer name.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="Weights">W, [outputSize, inputSize / groups, kernelSize].</param>
/// <param name="Bias">b, [outputSize], or null.</param>
/// <param name="Activation">f; softmax is not allowed.</param>
public sealed record ConvNode(string Name, IReadOnlyList<Segment> Inputs, Tensor Weights, Tensor? Bias, Activation Activation)
    : GraphNode(Name, Inputs)
{
    /// <inheritdoc/>
    public override int OutputSize => Weights.Shape[0];

    /// <summary>Steps between the samples one output sees.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>Independent channel groups; inputSize and outputSize are multiples of it.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Input steps per output step. The first output comes when the history is full (or at once when padded).</summary>
    public int Stride { get; init; } = 1;

    /// <summary>
    /// True: the history starts as zeros and the first step answers (Keras padding="causal", left padding in PyTorch).
    /// False: the first answer comes once (kernelSize - 1) * dilation + 1 samples have been seen (no padding).
    /// </summary>
    public bool PaddedStart { get; init; }
}

/// <summary>y = f(x) over the concatenated inputs; softmax is allowed.</summary>
/// <param name="Name">Layer name.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="Activation">f.</param>
public sealed record ActivationNode(string Name, IReadOnlyList<Segment> Inputs, Activation Activation) : GraphNode(Name, Inputs)
{
    /// <inheritdoc/>
    public override int OutputSize => InputSize;
}

/// <summary>
/// y = clip((x - mean) * inverseScale) per feature: a standardiser inside the graph, or any per-feature affine map.
/// </summary>
/// <param name="Name">Layer name.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="Mean">[inputSize].</param>
/// <param name="InverseScale">[inputSize].</param>
/// <param name="Clip">Largest magnitude of y; 0 for none.</param>
public sealed record StandardiseNode(string Name, IReadOnlyList<Segment> Inputs, Tensor Mean, Tensor InverseScale, float Clip)
    : GraphNode(Name, Inputs)
{
    /// <inheritdoc/>
    public override int OutputSize => InputSize;
}

/// <summary>y = a + b or y = a * b, where a is the first half of the concatenated inputs and b the second half.</summary>
/// <param name="Name">Layer name.</param>
/// <param name="Inputs">a, then b, of equal total length.</param>
/// <param name="Multiply">True for the product, false for the sum.</param>
public sealed record PairwiseNode(string Name, IReadOnlyList<Segment> Inputs, bool Multiply) : GraphNode(Name, Inputs)
{
    /// <inheritdoc/>
    public override int OutputSize => InputSize / 2;
}

/// <summary>The index of the largest input (the first one on a tie), as one feature.</summary>
/// <param name="Name">Layer name.</param>
/// <param name="Inputs">What it reads.</param>
public sealed record ArgMaxNode(string Name, IReadOnlyList<Segment> Inputs) : GraphNode(Name, Inputs)
{
    /// <inheritdoc/>
    public override int OutputSize => 1;
}
