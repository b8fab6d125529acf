namespace EdgeRnn.Runtime;

/// <summary>
/// Softmax in integers. It is the one kernel that divides: 64 bits by 64, once per class, in the head of a classifier. Who needs
/// only the largest class needs no softmax.
/// <code>
///   p_i = exp(x_i) / sum_j exp(x_j) = 2^-d_i / sum_j 2^-d_j,    d_i = (max x - x_i) log2(e)
/// </code>
/// </summary>
internal sealed class IntegerSoftmax
{
    /// <summary>Fraction bits of a probability; 1.0 is not reached: what would be 32768 is 32767.</summary>
    public const int ProbabilityBits = 15;

    private const long Log2E = 1_549_082_005; // log2(e) with 30 fraction bits
    private const int Log2EBits = 30;
    private const int PowerBits = 15;         // fraction bits of d
    private const int StepBits = PowerBits - ExponentialTable.StepsPerHalvingBits;

    private readonly int[] _knots = ExponentialTable.Load(); // here, so that no step allocates it
    private readonly int _fractionBits;

    /// <param name="fractionBits">Fraction bits k of the inputs, in [-15, 38].</param>
    public IntegerSoftmax(int fractionBits)
    {
        _fractionBits = fractionBits;
    }

    /// <summary>
    /// x = softmax(x) for x in Qk, probabilities in Q15, in [0, 32767], rounded half up, at most 1.25 units off. Any int is
    /// valid. A larger input never gets less than a smaller one. The sum differs from 32768 by at most count / 2 + 1. In place,
    /// over memory[at .. at + count).
    /// </summary>
    /// <param name="memory">Holds the run.</param>
    /// <param name="at">Start of the run.</param>
    /// <param name="count">Classes.</param>
    public void Apply(int[] memory, int at, int count)
    {
        int largest = int.MinValue;
        for (int i = at; i < at + count; i++) largest = memory[i] > largest ? memory[i] : largest;
        int shift = Log2EBits - PowerBits + _fractionBits;
        long sum = 0;
        for (int i = at; i < at + count; i++)
        {
            memory[i] = Power(((long)largest - memory[i]) * Log2E >> shift);
            sum += memory[i];
        }
        for (int i = at; i < at + count; i++)
        {
            long probability = (((long)memory[i] << ProbabilityBits) + (sum >> 1)) / sum;
            memory[i] = probability < short.MaxValue ? (int)probability : short.MaxValue;
        }
    }

    // 2^-d with 30 fraction bits for d with 15: whole powers by shifting, straight lines between the knots.
    private int Power(long d)
    {
        long halvings = d >> PowerBits;
        if (halvings > ExponentialTable.KnotBits) return 0;
        int rest = (int)d & ((1 << PowerBits) - 1), step = rest >> StepBits;
        long knot = _knots[step], fall = knot - _knots[step + 1];
        return (int)(knot - (fall * (rest & ((1 << StepBits) - 1)) >> StepBits)) >> (int)halvings;
    }
}
