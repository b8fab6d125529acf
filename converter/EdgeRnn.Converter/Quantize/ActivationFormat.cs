using System;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>What an activation function means for formats.</summary>
internal static class ActivationFormat
{
    /// <summary>Fraction bits a pre-activation keeps beyond those of the output, to be rounded away.</summary>
    public const int GuardBits = 8;

    /// <summary>Whether the function has an integer form.</summary>
    public static bool IsSupported(Activation function) =>
        function.Kind is not (ActivationKind.Elu or ActivationKind.Softsign or ActivationKind.Softplus);

    /// <summary>Whether results stay within [-1, 1] whatever the input.</summary>
    public static bool IsBounded(Activation function) =>
        function.Kind is ActivationKind.Sigmoid or ActivationKind.HardSigmoid or ActivationKind.Tanh or ActivationKind.Softmax;

    /// <summary>Whether the function reads pre-activations with 15 fraction bits only.</summary>
    public static bool IsCurved(Activation function) => IsBounded(function) || function.Kind == ActivationKind.ScaledTanh;

    /// <summary>Whether the function leads to the output's format at once, so that a pre-activation may have fewer fraction bits.</summary>
    public static bool MapsToOutput(Activation function) => function.Kind is ActivationKind.Affine or ActivationKind.ScaledTanh;

    /// <summary>Fraction bits of the output of a layer that ends in the function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="rangeBits">Fraction bits that the range of the output allows.</param>
    public static int OutputBits(Activation function, int rangeBits) =>
        Math.Clamp(rangeBits, QuantizedLimits.MinFractionBits, IsBounded(function) ? QuantizedLimits.GateBits : QuantizedLimits.MaxFractionBits);

    /// <summary>Fraction bits of the pre-activation before the function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="outputBits">Fraction bits of the output.</param>
    /// <param name="preMagnitude">Largest magnitude of the pre-activation.</param>
    public static int PreActivationBits(Activation function, int outputBits, double preMagnitude)
    {
        if (IsCurved(function)) return QuantizedLimits.GateBits;
        int bits = Math.Min(outputBits + GuardBits, QuantizedLimits.MaxPreActivationBits);
        if (preMagnitude > 0 && double.IsFinite(preMagnitude))
            bits = Math.Min(bits, 28 - (int)Math.Ceiling(Math.Log2(preMagnitude)));
        return MapsToOutput(function) ? bits : Math.Max(bits, outputBits);
    }
}
