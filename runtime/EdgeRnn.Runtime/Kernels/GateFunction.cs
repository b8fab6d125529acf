namespace EdgeRnn.Runtime;

/// <summary>
/// The logistic function and tanh of pre-activations in integers: a table of sigma(-a) for a &gt;= 0 with straight lines between
/// its knots, and one rounding at the end. Every function here is
/// <code>
///   f(x) = lowest + s   for x &lt; 0
///   f(x) = highest - s  for x &gt;= 0,   s = (highest - lowest) sigma(-|x|), for tanh sigma(-2|x|)
/// </code>
/// so it never decreases, is symmetric about f(0) = (lowest + highest) / 2, and a gate near 1 is as exact as one near 0.
/// Any int is a valid x. This file defines the bits; the vector version gives the same.
/// </summary>
internal sealed partial class GateFunction
{
    /// <summary>Fraction bits of the pre-activations.</summary>
    public const int InputBits = 15;

    /// <summary>Fraction bits of the gates that hold state back: 1.0 is 2^24.</summary>
    public const int StateGateBits = 24;

    /// <summary>Fraction bits of the other gates and of tanh: 1.0 is 2^15.</summary>
    public const int GateBits = 15;

    // Bits of x below the number of its interval; tanh runs through the table twice as fast.
    private const int StepBits = InputBits - GateTable.StepsPerUnitBits;
    private const int TanhStepBits = StepBits - 1;

    private readonly int[] _knots = GateTable.Load(); // here, so that no step allocates it

    /// <summary>
    /// x = sigma(x) for x in Q15, sigma in Q24, in [0, 2^24]. The smaller of sigma and 1 - sigma is within 0.05 % where it is at
    /// least 2^-13, within 0.5 % where it is at least 2^-17. In place, over memory[at .. at + count).
    /// </summary>
    public void StateGate(int[] memory, int at, int count) =>
        Apply(memory, at, count, StepBits, GateTable.KnotBits - StateGateBits, 0, 1 << StateGateBits);

    /// <summary>x = sigma(x) for x in Q15, sigma in Q15, in [0, 2^15], at most 0.7 units off. In place.</summary>
    public void Gate(int[] memory, int at, int count) =>
        Apply(memory, at, count, StepBits, GateTable.KnotBits - GateBits, 0, 1 << GateBits);

    /// <summary>x = tanh(x) for x in Q15, tanh in Q15, in [-2^15, 2^15], at most 0.9 units off. In place.</summary>
    public void Tanh(int[] memory, int at, int count) =>
        Apply(memory, at, count, TanhStepBits, GateTable.KnotBits - GateBits - 1, -(1 << GateBits), 1 << GateBits);

    private void Apply(int[] memory, int at, int count, int stepBits, int shift, int lowest, int highest)
    {
        bool done = false;
        ApplyVector(memory, at, count, stepBits, shift, lowest, highest, ref done);
        if (!done) ApplyPortable(memory, at, count, stepBits, shift, lowest, highest);
    }

    // The difference of two knots is below 2^20 and a fraction below 2^10: the product stays within 32 bits.
    private void ApplyPortable(int[] memory, int at, int count, int stepBits, int shift, int lowest, int highest)
    {
        int[] knots = _knots;
        int furthest = 1 - (GateTable.Steps << stepBits), fraction = (1 << stepBits) - 1, half = 1 << (shift - 1);
        int end = at + count;
        for (int i = at; i < end; i++)
        {
            int x = memory[i], negative = x < 0 ? x : -x; // -|x|, which every int has
            int a = -(negative < furthest ? furthest : negative);
            int step = a >> stepBits, knot = knots[step];
            int s = (knot + ((knots[step + 1] - knot) * (a & fraction) >> stepBits) + half) >> shift;
            memory[i] = x < 0 ? lowest + s : highest - s;
        }
    }

    partial void ApplyVector(int[] memory, int at, int count, int stepBits, int shift, int lowest, int highest,
        ref bool done);
}
