using System;

namespace EdgeRnn.Runtime;

/// <summary>y = f(x), softmax included.</summary>
internal sealed partial class ActivationLayer : Layer
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
        int x = Gather(session), y = OutputOffset;
        bool done = false;
        CopyInput(memory, x, ref done);
        if (!done) Array.Copy(memory, x, memory, y, OutputSize);
        _activation.Apply(memory, y, OutputSize);
        return StepStatus.OutputReady;
    }

    partial void CopyInput(float[] memory, int x, ref bool done);
}
