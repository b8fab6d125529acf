using System;

namespace EdgeRnn.Runtime;

/// <summary>Causal 1-D convolution over time in integers: y_t = f(b + sum_k W[:, k, :] x_(t - (kernelSize - 1 - k) * dilation)).</summary>
internal sealed class QuantizedConvLayer : QuantizedLayer
{
    private readonly ConvHistory _history;
    private readonly QuantizedProduct[] _w; // per group [outputSize / groups, kernelSize * inputSize / groups]
    private readonly int[]? _bias;          // [outputSize]
    private readonly QuantizedActivation _activation;

    public QuantizedConvLayer(LayerRecord record) : base(record)
    {
        _history = new ConvHistory(record);
        int preBits = record.PreActivationBits(5), groupOutputs = OutputSize / _history.Groups;
        QuantizedTensor weights = record.Weights3(TensorRole.InputWeights, OutputSize, _history.KernelSize, InputSize / _history.Groups);
        RequirePieces((long)_history.Groups * weights.BlockColumns.Length);
        QuantizedBlock[] blocks = QuantizedProduct.BlocksOf(record, weights, record.InputBits, preBits);
        _w = new QuantizedProduct[_history.Groups];
        for (int group = 0; group < _w.Length; group++)
            _w[group] = new QuantizedProduct(record, blocks, group * groupOutputs, groupOutputs, _history.GroupTaps);
        _bias = record.OptionalIntegerVector(TensorRole.Bias, OutputSize, preBits);
        _activation = new QuantizedActivation(record, record.ElementwiseActivation(0), preBits, OutputBits);
    }

    public override string Kind => "conv";

    public override int ParameterCount => OutputSize * _history.GroupTaps + (_bias == null ? 0 : OutputSize);

    public override long MacsPerStep => (long)OutputSize * _history.GroupTaps;

    public override int PackedPieces => _w.Length * _w[0].PackedPieces;

    public override int Stride => _history.Stride;

    public override int FirstOutput => _history.FirstOutput;

    public override int StateSize => _history.StateSize;

    public override int CounterCount => ConvHistory.CounterCount;

    public override int WorkSize => _history.TapsSize + OutputSize + _w[0].ScratchSize;

    protected override int NarrowStateSize => StateSize;

    public override int Step(SessionMemory session)
    {
        int[] memory = session.Ints;
        int taps = WorkOffset, a = taps + _history.TapsSize, scratch = a + OutputSize;
        if (!_history.Advance(memory, Gather(session), StateOffset, taps, session.Counters, CounterOffset)) return 0;
        if (_bias == null) Array.Clear(memory, a, OutputSize);
        else Array.Copy(_bias, 0, memory, a, OutputSize);
        for (int group = 0; group < _w.Length; group++)
            _w[group].AddTo(memory, taps + group * _history.GroupTaps, a + group * (OutputSize / _w.Length), scratch);
        _activation.Apply(memory, a, OutputSize, OutputOffset, OutputBits);
        return StepStatus.OutputReady;
    }

    public override void Reset(SessionMemory session)
    {
        base.Reset(session);
        _history.Reset(session.Counters, CounterOffset);
    }

    public override bool CountersAreValid(int[] counters) => _history.CountersAreValid(counters, CounterOffset);

    // The graph counts too, but only once they are packed.
    private void RequirePieces(long pieces)
    {
        if (pieces <= ModelLimits.MaxGroups) return;
        throw new ModelException(ModelErrorCode.LimitExceeded, Name + ": has " + pieces.ToString() + " blocks in all its groups, at most " +
            ModelLimits.MaxGroups.ToString() + " are allowed");
    }
}
