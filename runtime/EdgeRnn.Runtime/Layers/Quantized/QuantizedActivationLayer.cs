namespace EdgeRnn.Runtime;

/// <summary>
/// y = f(x) in integers, softmax included. Each piece of x is first brought to the format of the pre-activation, so that a linear
/// activation joins pieces of different formats.
/// </summary>
internal sealed class QuantizedActivationLayer : QuantizedLayer
{
    private readonly QuantizedActivation _activation;
    private readonly int[] _lengths; // of the pieces of x
    private readonly int[] _raises;  // fraction bits of the pre-activation beyond those of each piece

    public QuantizedActivationLayer(LayerRecord record) : base(record)
    {
        record.RequireSize("output size of an activation", OutputSize, InputSize);
        int preBits = record.PreActivationBits(0);
        _lengths = record.Segments.Lengths;
        _raises = new int[_lengths.Length];
        for (int i = 0; i < _raises.Length; i++)
        {
            _raises[i] = preBits - record.SegmentBits(i);
            record.RequireRange("fraction bits gained", _raises[i], -31, 31);
        }
        _activation = new QuantizedActivation(record, record.Activation(0), preBits, OutputBits);
    }

    public override string Kind => "activation";

    public override int ParameterCount => 0;

    public override long MacsPerStep => 0;

    public override int WorkSize => OutputSize;

    public override int Step(SessionMemory session)
    {
        int[] memory = session.Ints;
        int x = Gather(session), a = WorkOffset;
        for (int i = 0; i < _lengths.Length; i++)
        {
            QuantizedPointwise.Shift(memory, x, a, _raises[i], QuantizedLimits.MaxPreActivation, _lengths[i]);
            x += _lengths[i];
            a += _lengths[i];
        }
        _activation.Apply(memory, WorkOffset, OutputSize, OutputOffset, OutputBits);
        return StepStatus.OutputReady;
    }
}
