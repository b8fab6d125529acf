namespace EdgeRnn.Runtime;

/// <summary>y = clip((x - mean) * inverseScale) per feature.</summary>
internal sealed class StandardiseLayer : Layer
{
    private readonly float[] _mean;         // [inputSize]
    private readonly float[] _inverseScale; // [inputSize]
    private readonly float _clip;

    public StandardiseLayer(LayerRecord record) : base(record.Name, record.InputSize, record.OutputSize)
    {
        record.RequireSize("output size of a standardiser", OutputSize, InputSize);
        _mean = record.Vector(TensorRole.Mean, InputSize);
        _inverseScale = record.Vector(TensorRole.InverseScale, InputSize);
        _clip = record.FloatParameter(0, 0, "clip");
    }

    public override string Kind => "standardise";

    public override int ParameterCount => 2 * InputSize;

    public override long MacsPerStep => InputSize;

    public override int Step(SessionMemory session)
    {
        float[] memory = session.Floats;
        Pointwise.Standardise(memory, Gather(session), _mean, _inverseScale, _clip, memory, OutputOffset);
        return StepStatus.OutputReady;
    }
}
