namespace EdgeRnn.Runtime;

/// <summary>The activation of a gate in integers: sigmoid or hard sigmoid of pre-activations with 15 fraction bits.</summary>
internal sealed class QuantizedGate
{
    private readonly GateFunction? _sigmoid; // or one map for each format
    private readonly FixedPointMap? _hard15;
    private readonly FixedPointMap? _hard24;

    public QuantizedGate(LayerRecord record, int index)
    {
        ActivationFunction function = record.ElementwiseActivation(index);
        if (function.Kind == ActivationKind.Sigmoid)
        {
            _sigmoid = new GateFunction();
            return;
        }
        if (function.Kind != ActivationKind.HardSigmoid)
        {
            throw new ModelException(ModelErrorCode.BadValue, record.Name +
                ": an integer gate is sigmoid or hard sigmoid, found activation " + ((int)function.Kind).ToString());
        }
        _hard15 = new FixedPointMap(record.Name, function.Alpha, function.Beta, QuantizedLimits.GateBits, 15);
        _hard24 = new FixedPointMap(record.Name, function.Alpha, function.Beta, QuantizedLimits.GateBits, 24);
    }

    /// <summary>Whether it is the sigmoid.</summary>
    public bool IsSigmoid => _sigmoid != null;

    /// <summary>In place, to 24 fraction bits: gates that hold or write a state (GRU z, LSTM i and f).</summary>
    public void ApplyState(int[] memory, int at, int count)
    {
        if (_sigmoid != null) _sigmoid.StateGate(memory, at, count);
        else _hard24!.Apply(memory, at, count, 0, QuantizedPointwise.One24);
    }

    /// <summary>In place, to 15 fraction bits: all other gates.</summary>
    public void Apply(int[] memory, int at, int count)
    {
        if (_sigmoid != null) _sigmoid.Gate(memory, at, count);
        else _hard15!.Apply(memory, at, count, 0, QuantizedPointwise.One15);
    }
}
