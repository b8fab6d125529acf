namespace EdgeRnn.Runtime;

/// <summary>y = the index of the largest input, the first one on a tie, with no fraction bits.</summary>
internal sealed class QuantizedArgMaxLayer : QuantizedLayer
{
    public QuantizedArgMaxLayer(LayerRecord record) : base(record)
    {
        record.RequireSize("output size of argmax", OutputSize, 1);
        record.RequireSize("fraction bits of an index", OutputBits, 0);
        record.RequireRange("input size", InputSize, 1, QuantizedLimits.MaxValue + 1);
        // Numbers in different formats cannot be compared.
        record.RequireSize("fraction bits of the last input", record.InputBits, record.SegmentBits(0));
    }

    public override string Kind => "argmax";

    public override int ParameterCount => 0;

    public override long MacsPerStep => 0;

    public override int Step(SessionMemory session)
    {
        int[] memory = session.Ints;
        int x = Gather(session), largest = 0;
        for (int i = 1; i < InputSize; i++)
        {
            if (memory[x + i] > memory[x + largest]) largest = i;
        }
        memory[OutputOffset] = largest;
        return StepStatus.OutputReady;
    }
}
