using System;

namespace EdgeRnn.Runtime;

/// <summary>Elman cell: h = f(W x + U h' + b).</summary>
internal sealed class RnnLayer : Layer
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
        _w = record.Matrix(TensorRole.InputWeights, hiddenSize, InputSize);
        _u = record.Matrix(TensorRole.RecurrentWeights, hiddenSize, hiddenSize);
        _bias = record.Vector(TensorRole.Bias, hiddenSize);
        _initialHidden = record.OptionalVector(TensorRole.InitialHidden, hiddenSize);
        _activation = record.ElementwiseActivation(0);
        _clip = record.FloatParameter(0, 0, "pre-activation clip");
    }

    public override string Kind => "rnn";

    public override int ParameterCount => OutputSize * (InputSize + OutputSize + 1);

    public override long MacsPerStep => _w.Macs + _u.Macs;

    public override int StateSize => OutputSize;

    public override bool OutputIsState => true;

    public override int WorkSize => OutputSize;

    public override int Step(SessionMemory session)
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
        return StepStatus.OutputReady;
    }

    public override void Reset(SessionMemory session)
    {
        float[] memory = session.Floats;
        base.Reset(session);
        if (_initialHidden != null) Array.Copy(_initialHidden, 0, memory, StateOffset, OutputSize);
    }
}
