using System;

namespace EdgeRnn.Runtime;

/// <summary>Fully connected layer in integers: y = f(W x + b).</summary>
internal sealed class QuantizedDenseLayer : QuantizedLayer
{
    private readonly QuantizedProduct _w; // W [outputSize, inputSize]
    private readonly int[]? _bias;        // b [outputSize]
    private readonly QuantizedActivation _activation;

    public QuantizedDenseLayer(LayerRecord record) : base(record)
    {
        int preBits = record.PreActivationBits(0);
        _w = QuantizedProduct.OfInput(record, TensorRole.InputWeights, OutputSize, preBits);
        _bias = record.OptionalIntegerVector(TensorRole.Bias, OutputSize, preBits);
        _activation = new QuantizedActivation(record, record.Activation(0), preBits, OutputBits);
    }

    public override string Kind => "dense";

    public override int ParameterCount => OutputSize * InputSize + (_bias == null ? 0 : OutputSize);

    public override long MacsPerStep => _w.Macs;

    public override int PackedPieces => _w.PackedPieces;

    public override int WorkSize => OutputSize + _w.ScratchSize;

    public override int Step(SessionMemory session)
    {
        int[] memory = session.Ints;
        int x = Gather(session), a = WorkOffset, scratch = a + OutputSize;
        if (_bias == null) Array.Clear(memory, a, OutputSize);
        else Array.Copy(_bias, 0, memory, a, OutputSize);
        _w.AddTo(memory, x, a, scratch);
        _activation.Apply(memory, a, OutputSize, OutputOffset, OutputBits);
        return StepStatus.OutputReady;
    }
}
