using System;

namespace EdgeRnn.Runtime;

/// <summary>Elman cell in integers: h = f(W x + U h' + b).</summary>
internal sealed partial class QuantizedRnnLayer : QuantizedLayer
{
    private readonly QuantizedProduct _w;   // W [hiddenSize, inputSize]
    private readonly QuantizedProduct _u;   // U [hiddenSize, hiddenSize]
    private readonly int[] _bias;           // b [hiddenSize]
    private readonly int[]? _initialHidden; // [hiddenSize], in the output's format
    private readonly QuantizedActivation _activation;
    private readonly int _clip;

    public QuantizedRnnLayer(LayerRecord record) : base(record)
    {
        int preBits = record.PreActivationBits(1);
        _clip = record.PreActivationClip(0, preBits);
        QuantizedBlock[] w = QuantizedProduct.BlocksOfInput(record, TensorRole.InputWeights, OutputSize, preBits);
        QuantizedBlock[] u = QuantizedProduct.BlocksOf(record,
            record.Weights(TensorRole.RecurrentWeights, OutputSize, OutputSize), OutputBits, preBits);
        _bias = record.IntegerVector(TensorRole.Bias, OutputSize, preBits);
        _initialHidden = record.OptionalIntegerVector(TensorRole.InitialHidden, OutputSize, OutputBits);
        _activation = new QuantizedActivation(record, record.ElementwiseActivation(0), preBits, OutputBits);
        bool isPacked = false;
        Pack(record, w, u, ref isPacked);
        _w = new QuantizedProduct(record, w, 0, OutputSize, InputSize, isPacked);
        _u = new QuantizedProduct(record, u, 0, OutputSize, OutputSize, isPacked);
    }

    public override string Kind => "rnn";

    public override int ParameterCount => OutputSize * (InputSize + OutputSize + 1);

    public override long MacsPerStep => _w.Macs + _u.Macs;

    public override int StateSize => OutputSize;

    public override bool OutputIsState => true;

    public override int PackedPieces => _w.PackedPieces + _u.PackedPieces;

    public override int WorkSize => OutputSize + Math.Max(_w.ScratchSize, _u.ScratchSize);

    protected override int NarrowStateSize => OutputSize;

    public override int PartBits(StatePart part) => OutputBits;

    public override int Step(SessionMemory session)
    {
        bool done = false;
        StepBlocks(session, ref done);
        if (done) return StepStatus.OutputReady;

        int[] memory = session.Ints;
        int x = Gather(session), h = StateOffset, a = WorkOffset, scratch = a + OutputSize;
        Array.Copy(_bias, 0, memory, a, OutputSize);
        _w.AddTo(memory, x, a, scratch);
        _u.AddTo(memory, h, a, scratch);
        QuantizedPointwise.Clip(memory, a, _clip, OutputSize);
        _activation.Apply(memory, a, OutputSize, h, OutputBits);
        return StepStatus.OutputReady;
    }

    public override void Reset(SessionMemory session)
    {
        base.Reset(session);
        if (_initialHidden == null) return;
        Array.Copy(_initialHidden, 0, session.Ints, StateOffset, OutputSize);
        QuantizedPointwise.Clip(session.Ints, StateOffset, QuantizedPointwise.Limit16, OutputSize);
    }

    // All weights in the order in which StepBlocks reads them, where this machine and this cell allow it.
    partial void Pack(LayerRecord record, QuantizedBlock[] w, QuantizedBlock[] u, ref bool isPacked);

    // The same step, some units at a time.
    partial void StepBlocks(SessionMemory session, ref bool done);
}
