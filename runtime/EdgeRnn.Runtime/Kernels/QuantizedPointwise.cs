namespace EdgeRnn.Runtime;

/// <summary>
/// Element-by-element integer kernels over runs of session memory. Qn is a number with n fraction bits: Q15 gates lie in
/// [0, 2^15], Q24 gates (GRU z, LSTM i and f) in [0, 2^24]. This file defines the bits; the vector versions give the same.
/// </summary>
internal static partial class QuantizedPointwise
{
    /// <summary>Largest magnitude of a 16-bit number; -32768 never occurs.</summary>
    public const int Limit16 = 32767;

    /// <summary>Largest magnitude of a narrow (8-bit) number.</summary>
    public const int Limit8 = 127;

    /// <summary>1.0 as a Q15 gate.</summary>
    public const int One15 = 1 << 15;

    /// <summary>1.0 as a Q24 gate.</summary>
    public const int One24 = 1 << 24;

    // f * c has 41 fraction bits, i * g has 39. The sums are those whose cells are +-(2^31 - 1).
    private const int InputToCell = QuantizedLimits.CellBits - QuantizedLimits.GateBits;
    private const int RestMask = QuantizedLimits.MaxRest;
    private const long LargestSum = (1L << 55) - 1;
    private const long LeastSum = -(long)int.MaxValue << 24;

    /// <summary>The update of a GRU: n' = n * 2^shift, h = n' + ((z * (h - n') + 2^23) >> 24).</summary>
    /// <param name="memory">Holds all runs.</param>
    /// <param name="z">Update gates in Q24.</param>
    /// <param name="n">Candidates.</param>
    /// <param name="h">State, replaced. h - n' fits 32 bits.</param>
    /// <param name="shift">Fraction bits of h beyond those of n, in [0, 31].</param>
    /// <param name="count">Units.</param>
    public static void UpdateState(int[] memory, int z, int n, int h, int shift, int count)
    {
        bool done = false;
        UpdateStateVector(memory, z, n, h, shift, count, ref done);
        if (!done) UpdateStatePortable(memory, z, n, h, shift, count);
    }

    /// <summary>
    /// The update of an LSTM cell: t = clamp(f * c + i * g * 2^2 + rest), c = t >> 24, rest = t - c * 2^24; c stays within +-(2^31 - 1).
    /// What c cannot hold is kept for the next step, so that no rounding adds up in a cell that forgets slowly.
    /// </summary>
    /// <param name="memory">Holds all runs.</param>
    /// <param name="f">Forget gates in Q24.</param>
    /// <param name="i">Input gates in Q24.</param>
    /// <param name="g">Candidates in Q15.</param>
    /// <param name="c">Cell state in Q17, replaced.</param>
    /// <param name="rest">What is left of the sums in Q41, in [0, 2^24), replaced.</param>
    /// <param name="count">Units.</param>
    public static void UpdateCell(int[] memory, int f, int i, int g, int c, int rest, int count)
    {
        bool done = false;
        UpdateCellVector(memory, f, i, g, c, rest, count, ref done);
        if (!done) UpdateCellPortable(memory, f, i, g, c, rest, count);
    }

    /// <summary>y = clamp((a * b + 2^14) >> 15) to 16 bits: o * tanh(c), or r * h before the product. y may be a or b.</summary>
    /// <param name="memory">Holds all runs.</param>
    /// <param name="a">Gates in Q15.</param>
    /// <param name="b">Numbers in [-2^15, 2^15].</param>
    /// <param name="y">Products, in the Q format of b.</param>
    /// <param name="count">Units.</param>
    public static void Multiply(int[] memory, int a, int b, int y, int count)
    {
        bool done = false;
        MultiplyVector(memory, a, b, y, count, ref done);
        if (!done) MultiplyPortable(memory, a, b, y, count);
    }

    /// <summary>n = clamp(n + ((r * u + 2^14) >> 15)), as pre-activations are: reset after the product.</summary>
    /// <param name="memory">Holds all runs.</param>
    /// <param name="r">Reset gates in Q15.</param>
    /// <param name="u">Pre-activations U h + b.</param>
    /// <param name="n">Pre-activations of the candidate, replaced.</param>
    /// <param name="count">Units.</param>
    public static void AddMultiplied(int[] memory, int r, int u, int n, int count)
    {
        bool done = false;
        AddMultipliedVector(memory, r, u, n, count, ref done);
        if (!done) AddMultipliedPortable(memory, r, u, n, count);
    }

    /// <summary>y = one - x: the gate that a coupled LSTM leaves out. y may be x.</summary>
    /// <param name="memory">Holds both runs.</param>
    /// <param name="x">Gates in Q15 or Q24.</param>
    /// <param name="y">Their complements.</param>
    /// <param name="one"><see cref="One15"/> or <see cref="One24"/>.</param>
    /// <param name="count">Units.</param>
    public static void Complement(int[] memory, int x, int y, int one, int count)
    {
        for (int unit = 0; unit < count; unit++) memory[y + unit] = one - memory[x + unit];
    }

    /// <summary>
    /// y = clamp((x + 2^(shift - 1)) >> shift) to +-limit: fewer fraction bits, rounded to the nearest, halves up. y may be x.
    /// </summary>
    /// <param name="memory">Holds both runs.</param>
    /// <param name="x">Any 32-bit numbers; the rounding does not wrap.</param>
    /// <param name="y">The rounded ones.</param>
    /// <param name="shift">Fraction bits less, in [0, 31]; 0 only clamps.</param>
    /// <param name="limit"><see cref="Limit16"/>, <see cref="Limit8"/> (w8a8, shift 8), or int.MaxValue.</param>
    /// <param name="count">Numbers.</param>
    public static void Round(int[] memory, int x, int y, int shift, int limit, int count)
    {
        bool done = false;
        RoundVector(memory, x, y, shift, limit, count, ref done);
        if (!done) RoundPortable(memory, x, y, shift, limit, count);
    }

    /// <summary>Clamps memory[at .. at + count) to [-bound, bound]; a bound of 0 means none.</summary>
    public static void Clip(int[] memory, int at, int bound, int count)
    {
        if (bound != 0) Round(memory, at, at, 0, bound, count);
    }

    /// <summary>y = x * 2^raise, rounded as in <see cref="Round"/> when that is a division, clamped to +-limit. y may be x.</summary>
    /// <param name="memory">Holds both runs.</param>
    /// <param name="x">Numbers.</param>
    /// <param name="y">The same with other fraction bits.</param>
    /// <param name="raise">Fraction bits more, in [-31, 31].</param>
    /// <param name="limit">Largest magnitude of y.</param>
    /// <param name="count">Numbers.</param>
    public static void Shift(int[] memory, int x, int y, int raise, int limit, int count)
    {
        if (raise <= 0)
        {
            Round(memory, x, y, -raise, limit, count);
            return;
        }
        for (int unit = 0; unit < count; unit++)
        {
            long raised = (long)memory[x + unit] << raise;
            memory[y + unit] = raised > limit ? limit : raised < -limit ? -limit : (int)raised;
        }
    }

    internal static void UpdateStatePortable(int[] memory, int z, int n, int h, int shift, int count)
    {
        for (int unit = 0; unit < count; unit++)
        {
            int candidate = memory[n + unit] << shift;
            int distance = memory[h + unit] - candidate;
            memory[h + unit] = candidate + (int)((memory[z + unit] * (long)distance + (1 << 23)) >> 24);
        }
    }

    internal static void UpdateCellPortable(int[] memory, int f, int i, int g, int c, int rest, int count)
    {
        for (int unit = 0; unit < count; unit++)
        {
            long input = ((long)memory[i + unit] * memory[g + unit]) << InputToCell;
            long next = memory[f + unit] * (long)memory[c + unit] + input + memory[rest + unit];
            if (next > LargestSum) next = LargestSum;
            else if (next < LeastSum) next = LeastSum;
            memory[c + unit] = (int)(next >> 24);
            memory[rest + unit] = (int)next & RestMask;
        }
    }

    internal static void MultiplyPortable(int[] memory, int a, int b, int y, int count)
    {
        for (int unit = 0; unit < count; unit++)
        {
            int product = (memory[a + unit] * memory[b + unit] + (1 << 14)) >> 15;
            if (product > Limit16) product = Limit16;
            else if (product < -Limit16) product = -Limit16;
            memory[y + unit] = product;
        }
    }

    internal static void AddMultipliedPortable(int[] memory, int r, int u, int n, int count)
    {
        for (int unit = 0; unit < count; unit++)
        {
            int next = memory[n + unit] + (int)((memory[r + unit] * (long)memory[u + unit] + (1 << 14)) >> 15);
            if (next > QuantizedLimits.MaxPreActivation) next = QuantizedLimits.MaxPreActivation;
            else if (next < -QuantizedLimits.MaxPreActivation) next = -QuantizedLimits.MaxPreActivation;
            memory[n + unit] = next;
        }
    }

    // Half of what is shifted out is its highest bit; added after the shift, it cannot wrap.
    internal static void RoundPortable(int[] memory, int x, int y, int shift, int limit, int count)
    {
        int half = shift == 0 ? 0 : 1 << (shift - 1);
        for (int unit = 0; unit < count; unit++)
        {
            int value = memory[x + unit];
            int rounded = (value >> shift) + ((value & half) == 0 ? 0 : 1);
            if (rounded > limit) rounded = limit;
            else if (rounded < -limit) rounded = -limit;
            memory[y + unit] = rounded;
        }
    }

    static partial void UpdateStateVector(int[] memory, int z, int n, int h, int shift, int count, ref bool done);

    static partial void UpdateCellVector(int[] memory, int f, int i, int g, int c, int rest, int count, ref bool done);

    static partial void MultiplyVector(int[] memory, int a, int b, int y, int count, ref bool done);

    static partial void AddMultipliedVector(int[] memory, int r, int u, int n, int count, ref bool done);

    static partial void RoundVector(int[] memory, int x, int y, int shift, int limit, int count, ref bool done);
}
