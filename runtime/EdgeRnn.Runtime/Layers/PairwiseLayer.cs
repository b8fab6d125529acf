namespace EdgeRnn.Runtime;

/// <summary>y = a + b or y = a * b; a is the first half of the inputs, b the second. Residual and gating connections.</summary>
internal sealed class PairwiseLayer : Layer
{
    private readonly bool _multiply;

    public PairwiseLayer(LayerRecord record) : base(record.Name, record.InputSize, record.OutputSize)
    {
        record.RequireSize("input size of a pairwise layer", InputSize, 2 * OutputSize);
        _multiply = record.FlagParameter(0, "multiply");
    }

    public override string Kind => _multiply ? "multiply" : "add";

    public override int ParameterCount => 0;

    public override long MacsPerStep => OutputSize;

    public override int Step(SessionMemory session)
    {
        float[] memory = session.Floats;
        int a = Gather(session), b = a + OutputSize, y = OutputOffset;
        for (int i = 0; i < OutputSize; i++)
            memory[y + i] = _multiply ? memory[a + i] * memory[b + i] : memory[a + i] + memory[b + i];
        return StepStatus.OutputReady;
    }
}
