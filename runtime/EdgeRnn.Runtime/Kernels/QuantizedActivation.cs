namespace EdgeRnn.Runtime;

/// <summary>
/// One activation function in integers, from pre-activations to a result with <see cref="ResultBits"/> fraction bits: 15 where the
/// function is bounded, those of the pre-activation where it leaves part of its input as it is, else those wanted. Immutable.
/// </summary>
internal sealed class QuantizedActivation
{
    private const int Limit = QuantizedLimits.MaxPreActivation;

    private readonly ActivationKind _kind;
    private readonly FixedPointMap? _map;   // of leaky relu, hard sigmoid and affine; the inner factor of scaled tanh
    private readonly FixedPointMap? _outer; // the outer factor of scaled tanh
    private readonly GateFunction? _curve;    // sigmoid, tanh, scaled tanh
    private readonly IntegerSoftmax? _softmax;
    private readonly int _low;              // threshold of thresholded relu, lower bound of clip
    private readonly int _high;             // upper bound of clip

    /// <param name="record">The layer.</param>
    /// <param name="function">The function and its parameters.</param>
    /// <param name="preBits">Fraction bits of the pre-activation.</param>
    /// <param name="outputBits">Fraction bits that results are wanted in; at most those the function gives.</param>
    public QuantizedActivation(LayerRecord record, ActivationFunction function, int preBits, int outputBits)
    {
        float alpha = function.Alpha, beta = function.Beta;
        _kind = function.Kind;
        ResultBits = preBits;
        switch (_kind)
        {
            case ActivationKind.Linear:
            case ActivationKind.Relu:
                break;
            case ActivationKind.LeakyRelu:
                _map = new FixedPointMap(record.Name, alpha, 0, preBits, preBits);
                break;
            case ActivationKind.Affine:
                ResultBits = outputBits;
                _map = new FixedPointMap(record.Name, alpha, beta, preBits, outputBits);
                break;
            case ActivationKind.ThresholdedRelu:
                _low = FixedPointMap.Fixed(alpha, preBits);
                break;
            case ActivationKind.Clip:
                _low = FixedPointMap.Fixed(alpha, preBits);
                _high = FixedPointMap.Fixed(beta, preBits);
                break;
            case ActivationKind.HardSigmoid:
                _map = new FixedPointMap(record.Name, alpha, beta, preBits, QuantizedLimits.GateBits);
                ResultBits = QuantizedLimits.GateBits;
                break;
            case ActivationKind.ScaledTanh:
                _curve = new GateFunction();
                _map = new FixedPointMap(record.Name, beta, 0, preBits, QuantizedLimits.GateBits);
                ResultBits = outputBits;
                _outer = new FixedPointMap(record.Name, alpha, 0, QuantizedLimits.GateBits, ResultBits);
                break;
            case ActivationKind.Sigmoid:
            case ActivationKind.Tanh:
                _curve = new GateFunction();
                record.RequireSize("fraction bits of the pre-activation of sigmoid or tanh", preBits, QuantizedLimits.GateBits);
                break;
            case ActivationKind.Softmax:
                _softmax = new IntegerSoftmax(preBits);
                ResultBits = QuantizedLimits.GateBits;
                break;
            default:
                throw new ModelException(ModelErrorCode.BadValue, record.Name + ": activation " + ((int)_kind).ToString() +
                    " has no integer form");
        }
        record.RequireRange("fraction bits of a result beyond the output's", ResultBits - outputBits, 0, QuantizedLimits.MaxShift);
    }

    /// <summary>
    /// Fraction bits of a result before it is brought to a value's format. A map with factors of its own leads there at once.
    /// </summary>
    public int ResultBits { get; }

    /// <summary>Which function it is.</summary>
    public ActivationKind Kind => _kind;

    /// <summary>Whether results stay within [-1, 1].</summary>
    public bool IsBounded => _kind == ActivationKind.Sigmoid || _kind == ActivationKind.HardSigmoid || _kind == ActivationKind.Tanh ||
        _kind == ActivationKind.Softmax;

    /// <summary>memory[at .. at + count) = f of it, in place, with <see cref="ResultBits"/> fraction bits.</summary>
    public void Evaluate(int[] memory, int at, int count)
    {
        switch (_kind)
        {
            case ActivationKind.Linear: return;
            case ActivationKind.Sigmoid: _curve!.Gate(memory, at, count); return;
            case ActivationKind.Tanh: _curve!.Tanh(memory, at, count); return;
            case ActivationKind.HardSigmoid: _map!.Apply(memory, at, count, 0, QuantizedPointwise.One15); return;
            case ActivationKind.Affine: _map!.Apply(memory, at, count, -Limit, Limit); return;
            case ActivationKind.Softmax: _softmax!.Apply(memory, at, count); return;
            case ActivationKind.ScaledTanh:
                _map!.Apply(memory, at, count, -Limit, Limit);
                _curve!.Tanh(memory, at, count);
                _outer!.Apply(memory, at, count, -Limit, Limit);
                return;
            default: EvaluatePiecewise(memory, at, count); return;
        }
    }

    /// <summary>memory[to .. to + count) = f(memory[at .. at + count)) as 16-bit values; what was there before is lost.</summary>
    /// <param name="memory">Holds both runs, which are the same or do not overlap.</param>
    /// <param name="at">First pre-activation.</param>
    /// <param name="count">Features.</param>
    /// <param name="to">First value.</param>
    /// <param name="bits">Fraction bits of the values, at most <see cref="ResultBits"/>.</param>
    public void Apply(int[] memory, int at, int count, int to, int bits)
    {
        Evaluate(memory, at, count);
        QuantizedPointwise.Round(memory, at, to, ResultBits - bits, QuantizedPointwise.Limit16, count);
    }

    private void EvaluatePiecewise(int[] memory, int at, int count)
    {
        for (int i = at; i < at + count; i++)
        {
            int x = memory[i];
            if (_kind == ActivationKind.Relu)
            {
                if (x < 0) memory[i] = 0;
            }
            else if (_kind == ActivationKind.LeakyRelu)
            {
                if (x < 0) _map!.Apply(memory, i, 1, -Limit, Limit);
            }
            else if (_kind == ActivationKind.ThresholdedRelu)
            {
                if (x <= _low) memory[i] = 0;
            }
            else
            {
                if (x < _low) x = _low;
                memory[i] = x > _high ? _high : x;
            }
        }
    }
}
