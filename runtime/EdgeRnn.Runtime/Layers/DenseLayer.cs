namespace EdgeRnn.Runtime;

/// <summary>Fully connected layer: y = f(W x + b).</summary>
internal sealed class DenseLayer : Layer
{
    private readonly WeightMatrix _w; // W [outputSize, inputSize]
    private readonly float[]? _bias;  // b [outputSize]
    private readonly ActivationFunction _activation;

    public DenseLayer(LayerRecord record) : base(record.Name, record.InputSize, record.OutputSize)
    {
        _w = record.Matrix(TensorRole.InputWeights, OutputSize, InputSize);
        _bias = record.OptionalVector(TensorRole.Bias, OutputSize);
        _activation = record.Activation(0);
    }

    public override string Kind => "dense";

    public override int ParameterCount => OutputSize * InputSize + (_bias == null ? 0 : OutputSize);

    public override long MacsPerStep => _w.Macs;

    public override int Step(SessionMemory session)
    {
        float[] memory = session.Floats;
        int x = Gather(session), y = OutputOffset;
        _w.SetAffine(_bias, 0, memory, x, memory, y);
        _activation.Apply(memory, y, OutputSize);
        return StepStatus.OutputReady;
    }
}
