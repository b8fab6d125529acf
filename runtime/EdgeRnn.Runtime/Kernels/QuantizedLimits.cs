namespace EdgeRnn.Runtime;

/// <summary>The ranges of integers in quantized models (NUMERICS.md, "Integer path").</summary>
internal static class QuantizedLimits
{
    /// <summary>Largest magnitude of a value between layers; -32768 never occurs.</summary>
    public const int MaxValue = 32767;

    /// <summary>Largest magnitude of a 16-bit weight: its high byte, rounded, is at most 127.</summary>
    public const int MaxWeight16 = 32639;

    /// <summary>Largest magnitude of an 8-bit weight.</summary>
    public const int MaxWeight8 = 127;

    /// <summary>Largest magnitude of a 4-bit weight.</summary>
    public const int MaxWeight4 = 7;

    /// <summary>Largest magnitude of a pre-activation.</summary>
    public const int MaxPreActivation = 1 << 29;

    /// <summary>Largest magnitude of a bias or an initial state.</summary>
    public const int MaxInteger = (1 << 30) - 1;

    /// <summary>Fraction bits of the pre-activation of a gate, and of sigmoid and tanh.</summary>
    public const int GateBits = 15;

    /// <summary>Most fraction bits of the pre-activation of a piecewise linear function.</summary>
    public const int MaxPreActivationBits = 38;

    /// <summary>Furthest that a 32-bit number is shifted to another format.</summary>
    public const int MaxShift = 31;

    /// <summary>
    /// Fraction bits of a cell state, which so reaches 2^14:
    /// what a forget gate of 0.9999 lets come together, whatever is written.
    /// </summary>
    public const int CellBits = 17;

    /// <summary>Largest number of what a cell state does not hold, 24 bits that continue it.</summary>
    public const int MaxRest = (1 << 24) - 1;

    /// <summary>
    /// Most fraction bits of the 32-bit state of a GRU: with them 1.0 is 2^29,
    /// so that differences of states fit 32 bits.
    /// </summary>
    public const int MaxStateBits = 29;

    /// <summary>Fraction bits of values between layers lie in [MinFractionBits, MaxFractionBits].</summary>
    public const int MinFractionBits = -15;

    /// <summary>See <see cref="MinFractionBits"/>.</summary>
    public const int MaxFractionBits = 30;
}
