namespace EdgeRnn.Runtime;

/// <summary>
/// y = clip(x * inverseScale + offset) per feature in integers, offset being -mean * inverseScale. A factor is w * scale with w in 16 bits.
/// </summary>
internal sealed class QuantizedStandardiseLayer : QuantizedLayer
{
    private readonly short[] _weights; // [inputSize]
    private readonly int[] _mantissas; // [inputSize]
    private readonly int[] _shifts;    // [inputSize]
    private readonly int[] _offset;    // [inputSize]
    private readonly int _preBits;
    private readonly int _clip;        // 0 for none

    public QuantizedStandardiseLayer(LayerRecord record) : base(record)
    {
        record.RequireSize("output size of a standardiser", OutputSize, InputSize);
        _preBits = record.PreActivationBits(1);
        _clip = record.PreActivationClip(0, _preBits);
        record.RequireRange("pre-activation fraction bits", _preBits, OutputBits, OutputBits + 31);
        QuantizedTensor factors = record.Weights(TensorRole.InverseScale, InputSize, 1);
        record.RequireSize("element type of the inverse scale", factors.Type, ElementType.Int16);
        QuantizedBlockReader reader = new QuantizedBlockReader(Name, factors, 0, 0, record.InputBits - _preBits);
        _weights = factors.Weights16;
        _mantissas = reader.Mantissas();
        _shifts = reader.Shifts(0);
        _offset = record.IntegerVector(TensorRole.Mean, InputSize, _preBits);
    }

    public override string Kind => "standardise";

    public override int ParameterCount => 2 * InputSize;

    public override long MacsPerStep => InputSize;

    public override int WorkSize => OutputSize;

    public override int Step(SessionMemory session)
    {
        int[] memory = session.Ints;
        int x = Gather(session), a = WorkOffset;
        for (int i = 0; i < InputSize; i++)
        {
            long product = (memory[x + i] * _weights[i] * (long)_mantissas[i] + (1L << (_shifts[i] - 1))) >> _shifts[i];
            long y = product + _offset[i];
            const int Limit = QuantizedLimits.MaxPreActivation;
            memory[a + i] = y > Limit ? Limit : y < -Limit ? -Limit : (int)y;
        }
        QuantizedPointwise.Clip(memory, a, _clip, OutputSize);
        QuantizedPointwise.Round(memory, a, OutputOffset, _preBits - OutputBits, QuantizedPointwise.Limit16, OutputSize);
        return StepStatus.OutputReady;
    }
}
