using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>Some columns of a weight matrix in integers: a scale for each row, and for int4 a multiplier for each group of 32.</summary>
internal sealed class WeightBlock
{
    private const int ExponentBias = 150;
    private const int MaxValue8 = 127;

    private readonly Scheme _scheme;
    private readonly float _leastScale;
    private readonly int _groups;
    private readonly short[] _weights;    // [rows, Columns]
    private readonly byte[] _multipliers; // [rows, groups], int4 only

    /// <param name="scheme">Decides the range of weights and of their inputs.</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="first">First column.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="leastExponent">Least biased exponent a scale may have.</param>
    public WeightBlock(Scheme scheme, int rows, int first, int columns, int leastExponent)
    {
        _scheme = scheme;
        First = first;
        Columns = columns;
        _leastScale = BitConverter.Int32BitsToSingle(leastExponent << 23);
        _groups = QuantizedTensor.GroupsIn(columns);
        _weights = new short[rows * columns];
        _multipliers = new byte[scheme == Scheme.W4A16 ? rows * _groups : 0];
        Scales = new float[rows];
        RowBounds = new long[rows];
    }

    public int First { get; }

    public int Columns { get; }

    /// <summary>Positive normal numbers, [rows].</summary>
    public float[] Scales { get; }

    /// <summary>The largest magnitude an accumulator of each row can reach.</summary>
    public long[] RowBounds { get; }

    public long WorstBound { get; private set; }

    private int MaxWeight => _scheme switch
    {
        Scheme.W16A16 => QuantizedLimits.MaxWeight16,
        Scheme.W4A16 => QuantizedLimits.MaxWeight4,
        _ => QuantizedLimits.MaxWeight8,
    };

    private long MaxInput => _scheme == Scheme.W8A8 ? MaxValue8 : QuantizedLimits.MaxValue;

    public ReadOnlySpan<short> Row(int row) => _weights.AsSpan(row * Columns, Columns);

    public byte[] Multipliers(int row) => _multipliers.AsSpan(row * _groups, _groups).ToArray();

    /// <summary>The least shift a scale leads to.</summary>
    public int LeastShift(int extraBits)
    {
        int least = int.MaxValue;
        foreach (float scale in Scales)
            least = Math.Min(least, ExponentBias - (BitConverter.SingleToInt32Bits(scale) >> 23) + extraBits - (_scheme == Scheme.W16A16 ? 8 : 0));
        return least;
    }

    public void SetRow(int row, ReadOnlySpan<float> values)
    {
        if (_scheme == Scheme.W4A16) SetGroups(row, values);
        else SetWeights(row, values);
        if (RowBounds[row] > WorstBound) WorstBound = RowBounds[row];
    }

    public void Dequantize(int row, Span<float> values)
    {
        for (int i = 0; i < Columns; i++)
        {
            int multiplier = _scheme == Scheme.W4A16 ? _multipliers[row * _groups + i / QuantizedTensor.GroupSize] : 1;
            values[i] = (float)((double)_weights[row * Columns + i] * multiplier * Scales[row]);
        }
    }

    private void SetWeights(int row, ReadOnlySpan<float> values)
    {
        float scale = WeightScale.Of(values, MaxWeight, _leastScale);
        Scales[row] = scale;
        long sum = 0, high = 0, low = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int weight = Math.Clamp((int)Math.Round(values[i] / (double)scale), -MaxWeight, MaxWeight);
            _weights[row * Columns + i] = (short)weight;
            int upper = (weight + 128) >> 8;
            sum += Math.Abs(weight);
            high += Math.Abs(upper);
            low += Math.Abs(weight - (upper << 8));
        }
        // 16-bit weights are multiplied byte by byte, each with an accumulator of its own.
        RowBounds[row] = (_scheme == Scheme.W16A16 ? Math.Max(high, low) : sum) * MaxInput;
    }

    // The finest multipliers whose accumulator still cannot overflow: fewer steps are tried until the row's bound holds.
    private void SetGroups(int row, ReadOnlySpan<float> values)
    {
        for (int steps = byte.MaxValue; ; steps /= 2)
        {
            SetGroups(row, values, steps);
            if (RowBounds[row] < 1L << 31 || steps < 32) return;
        }
    }

    private void SetGroups(int row, ReadOnlySpan<float> values, int steps)
    {
        float[] groupScales = new float[_groups];
        float largest = 0;
        for (int group = 0; group < _groups; group++)
        {
            int start = group * QuantizedTensor.GroupSize;
            groupScales[group] = WeightScale.Of(values.Slice(start, Math.Min(QuantizedTensor.GroupSize, values.Length - start)), MaxWeight, 0);
            if (!WeightScale.IsZero(values.Slice(start, Math.Min(QuantizedTensor.GroupSize, values.Length - start))))
                largest = Math.Max(largest, groupScales[group]);
        }
        float scale = largest == 0 ? 1 : Math.Max(largest / steps, Math.Max(_leastScale, WeightScale.LeastNormal));
        Scales[row] = scale;
        long sum = 0;
        for (int group = 0; group < _groups; group++)
        {
            int multiplier = largest == 0 ? 0 : Math.Clamp((int)Math.Ceiling(groupScales[group] / (double)scale - 1e-6), 0, steps);
            _multipliers[row * _groups + group] = (byte)multiplier;
            int start = group * QuantizedTensor.GroupSize, end = Math.Min(start + QuantizedTensor.GroupSize, values.Length);
            for (int i = start; i < end; i++)
            {
                int weight = multiplier == 0 ? 0
                    : Math.Clamp((int)Math.Round(values[i] / ((double)multiplier * scale)), -MaxWeight, MaxWeight);
                _weights[row * Columns + i] = (short)weight;
                sum += (long)multiplier * Math.Abs(weight);
            }
        }
        RowBounds[row] = sum * MaxInput;
    }
}
