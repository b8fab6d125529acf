namespace EdgeRnn.Runtime;

/// <summary>
/// Peephole weights p_i p_f p_o, 16 bits with a scale each: pre += (t * significand + half) >> (shift - 8), t = (p * c15 + 2^7) >> 8, where
/// c15 is the cell state rounded to 15 fraction bits. 64 bits hold all of it.
/// </summary>
internal sealed class QuantizedPeepholes
{
    private const int CellToPre = QuantizedLimits.CellBits - QuantizedLimits.GateBits;
    private const int ProductShift = 8;
    private const long Limit = QuantizedLimits.MaxPreActivation;

    private readonly short[] _weights; // [3, cellSize]
    private readonly int[] _mantissas; // [3]
    private readonly int[] _shifts;    // [3]
    private readonly int _cellSize;

    public QuantizedPeepholes(LayerRecord record, int cellSize)
    {
        QuantizedTensor tensor = record.Weights(TensorRole.Peepholes, 3, cellSize);
        record.RequireSize("element type of the peephole weights", tensor.Type, ElementType.Int16);
        record.RequireSize("blocks of the peephole weights", tensor.BlockColumns.Length, 1);
        QuantizedBlockReader reader = new QuantizedBlockReader(record.Name, tensor, 0, 0, 0);
        _weights = tensor.Weights16;
        _mantissas = reader.Mantissas();
        _shifts = reader.Shifts(ProductShift);
        _cellSize = cellSize;
    }

    /// <summary>Adds p * c to the pre-activations of a gate: 0 input, 1 forget, 2 output.</summary>
    public void AddTo(int[] memory, int c, int pre, int gate)
    {
        short[] weights = _weights;
        long mantissa = _mantissas[gate], half = 1L << (_shifts[gate] - 1);
        int shift = _shifts[gate], at = gate * _cellSize;
        for (int unit = 0; unit < _cellSize; unit++)
        {
            // p * c15 is below 2^15 * 2^29, so the rounded product times a significand stays below 2^60.
            long cell = ((long)memory[c + unit] + (1 << (CellToPre - 1))) >> CellToPre;
            long product = (weights[at + unit] * cell + (1 << (ProductShift - 1))) >> ProductShift;
            long term = (product * mantissa + half) >> shift;
            if (term > Limit) term = Limit;
            else if (term < -Limit) term = -Limit;
            long sum = memory[pre + unit] + term;
            memory[pre + unit] = (int)(sum > Limit ? Limit : sum < -Limit ? -Limit : sum);
        }
    }
}
