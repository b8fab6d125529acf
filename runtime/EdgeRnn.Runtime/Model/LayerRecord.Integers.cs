namespace EdgeRnn.Runtime;

// What layers of quantized models take from their record: formats, integer tensors, bounds in integers.
internal sealed partial class LayerRecord
{
    /// <summary>Whether values between layers are integers; the layer itself may compute in float.</summary>
    public bool IsQuantizedModel => _valueBits != null;

    /// <summary>Fraction bits of a piece of the input in a quantized model.</summary>
    public int SegmentBits(int segment) => _valueBits![Segments.Values[segment]];

    /// <summary>Fraction bits of the whole input, for layers that need one format.</summary>
    public int InputBits
    {
        get
        {
            int bits = SegmentBits(0);
            for (int i = 1; i < Segments.Count; i++) RequireSize("fraction bits of input " + i.ToString(), SegmentBits(i), bits);
            return bits;
        }
    }

    /// <summary>An int32 vector with the fraction bits the layer needs.</summary>
    public int[] IntegerVector(int role, int length, int fractionBits)
    {
        Take(role);
        return _tensors.TakeIntegers(_roleTensors[role] - 1, Name, TensorRole.Name(role), new int[] { length }, fractionBits);
    }

    public int[]? OptionalIntegerVector(int role, int length, int fractionBits)
    {
        return Has(role) ? IntegerVector(role, length, fractionBits) : null;
    }

    /// <summary>Integer weights in a role, [rows, columns].</summary>
    public QuantizedTensor Weights(int role, int rows, int columns)
    {
        Take(role);
        return _tensors.TakeWeights(_roleTensors[role] - 1, Name, TensorRole.Name(role), new int[] { rows, columns });
    }

    /// <summary>A convolution's integer weights, [outputs, kernel, inputs].</summary>
    public QuantizedTensor Weights3(int role, int outputs, int kernel, int inputs)
    {
        Take(role);
        return _tensors.TakeWeights(_roleTensors[role] - 1, Name, TensorRole.Name(role), new int[] { outputs, kernel, inputs });
    }

    /// <summary>Fraction bits of a pre-activation: the value's own and, where they are rounded away, more.</summary>
    public int PreActivationBits(int index)
    {
        return IntParameter(index, QuantizedLimits.MinFractionBits, QuantizedLimits.MaxPreActivationBits,
            "pre-activation fraction bits");
    }

    /// <summary>The bound on pre-activations as an integer; 0 for none.</summary>
    public int PreActivationClip(int index, int preBits)
    {
        float clip = FloatParameter(index, 0, "pre-activation clip");
        if (clip == 0) return 0;
        int bound = FixedPointMap.Fixed(clip, preBits);
        return bound == 0 ? 1 : bound;
    }
}
