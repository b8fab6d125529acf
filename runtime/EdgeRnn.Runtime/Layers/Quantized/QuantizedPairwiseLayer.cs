namespace EdgeRnn.Runtime;

/// <summary>
/// y = a + b or y = a * b in integers; a is the first half of the inputs, b the second, both in one format.
/// </summary>
internal sealed class QuantizedPairwiseLayer : QuantizedLayer
{
    private readonly bool _multiply;
    private readonly int _raise; // fraction bits of y beyond those of the sum or product

    public QuantizedPairwiseLayer(LayerRecord record) : base(record)
    {
        record.RequireSize("input size of a pairwise layer", InputSize, 2 * OutputSize);
        _multiply = record.FlagParameter(0, "multiply");
        _raise = OutputBits - (_multiply ? 2 * record.InputBits : record.InputBits);
        record.RequireRange("fraction bits gained", _raise, -31, 31);
    }

    public override string Kind => _multiply ? "multiply" : "add";

    public override int ParameterCount => 0;

    public override long MacsPerStep => OutputSize;

    public override int WorkSize => OutputSize;

    public override int Step(SessionMemory session)
    {
        int[] memory = session.Ints;
        int a = Gather(session), b = a + OutputSize, sum = WorkOffset;
        for (int i = 0; i < OutputSize; i++)
            memory[sum + i] = _multiply ? memory[a + i] * memory[b + i] : memory[a + i] + memory[b + i];
        QuantizedPointwise.Shift(memory, sum, OutputOffset, _raise, QuantizedLimits.MaxValue, OutputSize);
        return StepStatus.OutputReady;
    }
}
