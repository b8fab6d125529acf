namespace EdgeRnn.Runtime;

/// <summary>
/// Makes one score of the channels' errors, and says what part of it each channel has. Stateless; integers only.
/// </summary>
internal sealed class ErrorCombination
{
    private readonly ScoreCombination _kind;
    private readonly int _size;
    private readonly int[] _weights;
    private readonly int _clip;
    private readonly int[] _whitening; // lower triangle, row by row

    /// <param name="settings">Checked settings.</param>
    /// <param name="size">Channels.</param>
    public ErrorCombination(DetectorSettings settings, int size)
    {
        _kind = settings.Combination;
        _size = size;
        _weights = new int[size];
        for (int i = 0; i < size; i++) _weights[i] = settings.Weights.Length == 0 ? FixedScore.One : FixedScore.Of(settings.Weights[i]);
        _clip = settings.ErrorClip == 0 ? FixedScore.Max : FixedScore.Of(settings.ErrorClip);
        _whitening = new int[settings.Whitening.Length];
        for (int i = 0; i < _whitening.Length; i++) _whitening[i] = FixedScore.Of(settings.Whitening[i]);
    }

    /// <summary>The score; the errors are weighted and clipped in their place.</summary>
    /// <param name="errors">[size].</param>
    /// <param name="parts">Receives at [first, first + size) each channel's part, not negative.</param>
    /// <param name="first">First part.</param>
    public int Combine(int[] errors, int[] parts, int first)
    {
        for (int i = 0; i < _size; i++)
        {
            int error = FixedScore.Multiply(errors[i], _weights[i]);
            errors[i] = error > _clip ? _clip : error < -_clip ? -_clip : error;
            parts[first + i] = error < 0 ? -errors[i] : errors[i];
        }
        switch (_kind)
        {
            case ScoreCombination.Sum: return Sum(parts, first);
            case ScoreCombination.Max: return Largest(parts, first);
            case ScoreCombination.Norm: return Norm(errors, parts, first);
            default: return Distance(errors, parts, first);
        }
    }

    private int Sum(int[] parts, int first)
    {
        long sum = 0;
        for (int i = 0; i < _size; i++) sum += parts[first + i];
        return FixedScore.Saturate(sum);
    }

    private int Largest(int[] parts, int first)
    {
        int largest = first;
        for (int i = first; i < first + _size; i++)
        {
            if (parts[i] > parts[largest]) largest = i;
        }
        int score = parts[largest];
        for (int i = first; i < first + _size; i++)
        {
            if (i != largest) parts[i] = 0;
        }
        return score;
    }

    // Parts are squares, with 16 fraction bits like scores.
    private int Norm(int[] errors, int[] parts, int first)
    {
        long sum = 0;
        for (int i = 0; i < _size; i++)
        {
            long square = Square(errors[i]);
            sum = Add(sum, square);
            parts[first + i] = FixedScore.Saturate(square >> FixedScore.Bits);
        }
        return FixedScore.Saturate(FixedScore.SquareRoot(sum));
    }

    // With v = L u the square of the distance is the sum over the channels of u_c (L' v)_c: what each has in it, where positive.
    private int Distance(int[] errors, int[] parts, int first)
    {
        long sum = 0;
        for (int row = 0, at = 0; row < _size; at += ++row)
        {
            long product = Row(errors, row, at);
            sum = Add(sum, Square(product));
            parts[first + row] = FixedScore.Saturate(product);
        }
        // Column c of L reads rows from c on: those before are not needed any more.
        for (int column = 0; column < _size; column++)
        {
            long back = 0;
            for (int row = column; row < _size; row++)
            {
                back += ((long)_whitening[row * (row + 1) / 2 + column] * parts[first + row]) >> FixedScore.Bits;
            }
            long part = ((long)errors[column] * FixedScore.Saturate(back)) >> FixedScore.Bits;
            parts[first + column] = part < 0 ? 0 : FixedScore.Saturate(part);
        }
        return FixedScore.Saturate(FixedScore.SquareRoot(sum));
    }

    private long Row(int[] errors, int row, int at)
    {
        long sum = 0;
        for (int column = 0; column <= row; column++) sum += ((long)_whitening[at + column] * errors[column]) >> FixedScore.Bits;
        return FixedScore.Saturate(sum);
    }

    private static long Square(long value) => value * value;

    // Squares are up to 2^60.
    private static long Add(long sum, long square)
    {
        const long Most = 1L << 61;
        return sum > Most - square ? Most : sum + square;
    }
}
