using System;
using EdgeRnn.Converter.Quantize.Rounding;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>Some columns of a weight matrix in integers: a scale for each row, and for int4 a multiplier for each group of 32.</summary>
internal sealed class WeightBlock
{
    private const int ExponentBias = 150;
    private const int MaxValue8 = 127;
    private const long AccumulatorLimit = 1L << 31;

    private readonly Scheme _scheme;
    private readonly float _leastScale;
    private readonly float _greatestScale; // scales are below it
    private readonly int _groups;
    private readonly short[] _weights;    // [rows, Columns]
    private readonly byte[] _multipliers; // [rows, groups], int4 only

    /// <param name="scheme">Decides the range of weights and of their inputs.</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="first">First column.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="leastExponent">Least biased exponent a scale may have.</param>
    /// <param name="greatestExponent">Greatest biased exponent a scale may have.</param>
    public WeightBlock(Scheme scheme, int rows, int first, int columns, int leastExponent, int greatestExponent)
    {
        _scheme = scheme;
        First = first;
        Columns = columns;
        _leastScale = BitConverter.Int32BitsToSingle(leastExponent << 23);
        _greatestScale = BitConverter.Int32BitsToSingle(Math.Clamp(greatestExponent + 1, 1, 255) << 23);
        _groups = QuantizedTensor.GroupsIn(columns);
        _weights = new short[rows * columns];
        _multipliers = new byte[scheme == Scheme.W4A16 ? rows * _groups : 0];
        Scales = new float[rows];
        BiasCorrections = new double[rows];
        RowBounds = new long[rows];
    }

    public int First { get; }

    public int Columns { get; }

    /// <summary>Positive normal numbers, [rows].</summary>
    public float[] Scales { get; }

    /// <summary>What the rounding takes from the mean of each row's output, [rows].</summary>
    public double[] BiasCorrections { get; }

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

    /// <summary>Rounds a row.</summary>
    /// <param name="row">Which one.</param>
    /// <param name="values">Its weights in the columns of this block.</param>
    /// <param name="rounding">Knows the inputs; null for plain rounding.</param>
    public void SetRow(int row, ReadOnlySpan<float> values, CalibratedRounding? rounding)
    {
        RowFit fit = _scheme == Scheme.W4A16 ? FitGroups(values, rounding) : Fit(values, rounding);
        fit.Weights.CopyTo(_weights, row * Columns);
        if (_scheme == Scheme.W4A16) fit.Grid.Multipliers.CopyTo(_multipliers, row * _groups);
        Scales[row] = fit.Grid.Scale;
        RowBounds[row] = fit.Bound(_scheme, MaxInput);
        WorstBound = Math.Max(WorstBound, RowBounds[row]);
        BiasCorrections[row] = rounding?.BiasCorrection(values, fit) ?? 0;
    }

    public void Dequantize(int row, Span<float> values)
    {
        for (int i = 0; i < Columns; i++)
        {
            int multiplier = _scheme == Scheme.W4A16 ? _multipliers[row * _groups + i / QuantizedTensor.GroupSize] : 1;
            values[i] = (float)((double)_weights[row * Columns + i] * multiplier * Scales[row]);
        }
    }

    private RowFit Fit(ReadOnlySpan<float> values, CalibratedRounding? rounding)
    {
        RowFit plain = PlainRounding.Fit(values, MaxWeight, _leastScale);
        return rounding == null ? plain : rounding.Fit(values, plain, MaxWeight, _leastScale, _greatestScale);
    }

    // The finest multipliers whose accumulator still cannot overflow: fewer steps are tried until the row's bound holds.
    private RowFit FitGroups(ReadOnlySpan<float> values, CalibratedRounding? rounding)
    {
        for (int steps = byte.MaxValue; ; steps /= 2)
        {
            RowFit fit = PlainRounding.FitGroups(values, MaxWeight, _leastScale, steps);
            if (rounding != null) fit = rounding.FitGroups(values, fit, MaxWeight, _leastScale, steps);
            if (fit.Bound(_scheme, MaxInput) < AccumulatorLimit || steps < 32) return fit;
        }
    }
}
