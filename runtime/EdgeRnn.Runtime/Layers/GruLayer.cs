using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Gated recurrent unit. z update gate, r reset gate, n candidate, h hidden state, h' the one before:
/// <code>
/// z = gate(W_z x + U_z h' + b_z)
/// r = gate(W_r x + U_r h' + b_r)
/// n = candidate(W_n x + b_n + r * (U_n h' + b_Un))    reset after:  PyTorch, Keras default
/// n = candidate(W_n x + b_n + U_n (r * h'))           reset before: ONNX default, TF1
/// h = (1 - z) * n + z * h'
/// </code>
/// </summary>
internal sealed partial class GruLayer : Layer
{
    private readonly WeightMatrix _w;   // W_z W_r W_n [3 * hiddenSize, inputSize]
    private readonly WeightMatrix _uZr; // U_z U_r [2 * hiddenSize, hiddenSize]
    private readonly WeightMatrix _uN;  // U_n [hiddenSize, hiddenSize]
    private readonly float[] _bias;     // b_z b_r b_n, and b_Un with reset after
    private readonly float[]? _initialHidden;
    private readonly bool _resetAfter;
    private readonly ActivationFunction _gate;
    private readonly ActivationFunction _candidate;
    private readonly float _clip;

    public GruLayer(LayerRecord record) : base(record.Name, record.InputSize, record.OutputSize)
    {
        int hiddenSize = OutputSize;
        _resetAfter = record.FlagParameter(0, "reset after");
        _clip = record.FloatParameter(1, 0, "pre-activation clip");
        float[] w = record.Tensor(TensorRole.InputWeights, 3 * hiddenSize, InputSize);
        float[] u = record.Tensor(TensorRole.RecurrentWeights, 3 * hiddenSize, hiddenSize);
        _bias = record.Vector(TensorRole.Bias, _resetAfter ? 4 * hiddenSize : 3 * hiddenSize);
        _initialHidden = record.OptionalVector(TensorRole.InitialHidden, hiddenSize);
        _gate = record.ElementwiseActivation(0);
        _candidate = record.ElementwiseActivation(1);
        bool fused = false;
        Fuse(w, u, record.Packing, ref fused);
        int units = fused ? 0 : hiddenSize;
        _w = new WeightMatrix(w, 0, 3 * units, InputSize, record.Packing);
        _uZr = new WeightMatrix(u, 0, 2 * units, hiddenSize, record.Packing);
        _uN = new WeightMatrix(u, 2 * units, units, hiddenSize, record.Packing);
    }

    public override string Kind => _resetAfter ? "gru" : "gru (reset before)";

    public override int ParameterCount => 3 * OutputSize * (InputSize + OutputSize) + _bias.Length;

    public override long MacsPerStep => 3L * OutputSize * (InputSize + OutputSize + 1);

    public override int StateSize => OutputSize;

    public override bool OutputIsState => true;

    public override int WorkSize => 4 * OutputSize;

    public override int Step(SessionMemory session)
    {
        bool done = false;
        StepFused(session, ref done);
        if (!done) StepPortable(session);
        return StepStatus.OutputReady;
    }

    private void StepPortable(SessionMemory session)
    {
        float[] memory = session.Floats;
        int hiddenSize = OutputSize;
        int x = Gather(session), h = StateOffset;
        int z = WorkOffset, r = z + hiddenSize, n = r + hiddenSize, un = n + hiddenSize;

        Array.Copy(_bias, 0, memory, z, _bias.Length);
        _w.AddProduct(memory, x, memory, z);
        _uZr.AddProduct(memory, h, memory, z);
        Pointwise.Clip(memory, z, 2 * hiddenSize, _clip);
        _gate.Apply(memory, z, 2 * hiddenSize);

        if (_resetAfter)
        {
            _uN.AddProduct(memory, h, memory, un);
            Pointwise.AddMultiplied(memory, r, un, n, hiddenSize);
        }
        else
        {
            Pointwise.Multiply(memory, r, h, un, hiddenSize);
            _uN.AddProduct(memory, un, memory, n);
        }
        Pointwise.Clip(memory, n, hiddenSize, _clip);
        _candidate.Apply(memory, n, hiddenSize);

        Pointwise.Interpolate(memory, z, n, h, hiddenSize);
    }

    public override void Reset(SessionMemory session)
    {
        float[] memory = session.Floats;
        base.Reset(session);
        if (_initialHidden != null) Array.Copy(_initialHidden, 0, memory, StateOffset, OutputSize);
    }

    // Takes the weights in another layout where one pass over them does the whole step; the matrices are empty then.
    partial void Fuse(float[] w, float[] u, WeightPacking packing, ref bool fused);

    partial void StepFused(SessionMemory session, ref bool done);
}
