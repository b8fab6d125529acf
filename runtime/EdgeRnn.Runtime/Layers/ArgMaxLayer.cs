namespace EdgeRnn.Runtime;

/// <summary>y = the index of the largest input, the first one on a tie.</summary>
internal sealed class ArgMaxLayer : Layer
{
    public ArgMaxLayer(LayerRecord record) : base(record.Name, record.InputSize, record.OutputSize)
    {
        record.RequireSize("output size of argmax", OutputSize, 1);
    }

    public override string Kind => "argmax";

    public override int ParameterCount => 0;

    public override long MacsPerStep => 0;

    public override int Step(SessionMemory session)
    {
        float[] memory = session.Floats;
        int x = Gather(session), largest = 0;
        for (int i = 1; i < InputSize; i++)
        {
            if (memory[x + i] > memory[x + largest]) largest = i;
        }
        memory[OutputOffset] = largest;
        return StepStatus.OutputReady;
    }
}
