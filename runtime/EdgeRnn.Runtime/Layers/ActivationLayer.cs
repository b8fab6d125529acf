using System;

namespace EdgeRnn.Runtime;

/// <summary>y = f(x), softmax included.</summary>
internal sealed class ActivationLayer : Layer
{
    private readonly ActivationFunction _activation;

    public ActivationLayer(LayerRecord record) : base(record.Name, record.InputSize, record.OutputSize)
    {
        record.RequireSize("output size of an activation", OutputSize, InputSize);
        _activation = record.Activation(0);
    }

    public override string Kind => "activation";

    public override int ParameterCount => 0;

    public override long MacsPerStep => 0;

    public override int Step(SessionMemory session)
    {
        float[] memory = session.Floats;
        Array.Copy(memory, Gather(session), memory, OutputOffset, OutputSize);
        _activation.Apply(memory, OutputOffset, OutputSize);
        return StepStatus.OutputReady;
    }
}
