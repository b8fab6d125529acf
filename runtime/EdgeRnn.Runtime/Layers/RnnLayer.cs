using System;

namespace EdgeRnn.Runtime;

/// <summary>Elman cell: h = f(W x + U h' + b).</summary>
internal sealed partial class RnnLayer : Layer
{
    private readonly WeightMatrix _w;         // W [hiddenSize, inputSize]
    private readonly WeightMatrix _u;         // U [hiddenSize, hiddenSize]
    private readonly float[] _bias;           // b [hiddenSize]
    private readonly float[]? _initialHidden; // [hiddenSize]
    private readonly ActivationFunction _activation;
    private readonly float _clip;

    public RnnLayer(LayerRecord record) : base(record.Name, record.InputSize, record.OutputSize)
    {
        int hiddenSize = OutputSize;
        float[] w = record.Tensor(TensorRole.InputWeights, hiddenSize, InputSize);
        float[] u = record.Tensor(TensorRole.RecurrentWeights, hiddenSize, hiddenSize);
        _bias = record.Vector(TensorRole.Bias, hiddenSize);
        _initialHidden = record.OptionalVector(TensorRole.InitialHidden, hiddenSize);
        _activation = record.ElementwiseActivation(0);
        _clip = record.FloatParameter(0, 0, "pre-activation clip");
        bool fused = false;
        Fuse(w, u, record.Packing, ref fused);
        int rows = fused ? 0 : hiddenSize;
        _w = new WeightMatrix(w, 0, rows, InputSize, record.Packing);
        _u = new WeightMatrix(u, 0, rows, hiddenSize, record.Packing);
    }

    public override string Kind => "rnn";

    public override int ParameterCount => OutputSize * (InputSize + OutputSize + 1);

    public override long MacsPerStep => (long)OutputSize * (InputSize + OutputSize);

    public override int StateSize => OutputSize;

    public override bool OutputIsState => true;

    public override int WorkSize => OutputSize;

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
        int x = Gather(session), h = StateOffset, a = WorkOffset;
        Array.Copy(_bias, 0, memory, a, hiddenSize);
        _w.AddProduct(memory, x, memory, a);
        _u.AddProduct(memory, h, memory, a);
        Pointwise.Clip(memory, a, hiddenSize, _clip);
        _activation.Apply(memory, a, hiddenSize);
        Array.Copy(memory, a, memory, h, hiddenSize);
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
