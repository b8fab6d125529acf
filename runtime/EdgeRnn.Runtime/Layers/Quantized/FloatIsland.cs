using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// A float layer in a quantized model: values become floats at its input, its answer becomes values again, floor(y * 2^k + 0.5)
/// saturated. Its state stays in float; layout of its scratch: [ input | output | work ].
/// </summary>
internal sealed class FloatIsland : Layer
{
    private readonly Layer _inner;
    private readonly int[] _lengths;   // of the pieces of the input
    private readonly float[] _scales;  // 2^-k of each piece
    private readonly double _outScale; // 2^k of the output
    private int _inputPlace;           // first float of the input

    public FloatIsland(LayerRecord record, Layer inner) : base(record.Name, record.InputSize, record.OutputSize)
    {
        _inner = inner;
        _lengths = record.Segments.Lengths;
        _scales = new float[_lengths.Length];
        for (int i = 0; i < _scales.Length; i++) _scales[i] = (float)ModelReader.PowerOfTwo(-record.SegmentBits(i));
        _outScale = ModelReader.PowerOfTwo(record.OutputBits);
    }

    public override string Kind => _inner.Kind;

    public override int ParameterCount => _inner.ParameterCount;

    public override long MacsPerStep => _inner.MacsPerStep;

    public override bool IsRecurrent => _inner.IsRecurrent;

    public override int Stride => _inner.Stride;

    public override int FirstOutput => _inner.FirstOutput;

    public override int PackedPieces => _inner.PackedPieces;

    public override int VocabularySize => _inner.VocabularySize;

    public override int CounterCount => _inner.CounterCount;

    public override int FloatStateSize => _inner.StateSize;

    public override int FloatWorkSize => InputSize + OutputSize + _inner.WorkSize;

    protected override Array Values(SessionMemory session) => session.Ints;

    public override void PlaceFloats(int stateOffset, int workOffset)
    {
        _inputPlace = workOffset;
        int output = _inner.OutputIsState ? stateOffset : workOffset + InputSize;
        _inner.Place(new int[] { workOffset }, new int[] { InputSize }, 0, stateOffset, CounterOffset, output,
            workOffset + InputSize + OutputSize);
    }

    public override int Step(SessionMemory session)
    {
        int[] values = session.Ints;
        float[] floats = session.Floats;
        int x = Gather(session), at = _inputPlace;
        for (int i = 0; i < _lengths.Length; i++)
        {
            for (int k = 0; k < _lengths[i]; k++) floats[at++] = values[x++] * _scales[i];
        }
        int status = _inner.Step(session);
        if ((status & StepStatus.OutputReady) == 0) return status;
        for (int i = 0; i < OutputSize; i++) values[OutputOffset + i] = Round(floats[_inner.OutputOffset + i] * _outScale);
        return status;
    }

    public override void Reset(SessionMemory session)
    {
        base.Reset(session);
        _inner.Reset(session);
    }

    public override bool CountersAreValid(int[] counters) => _inner.CountersAreValid(counters);

    // A NaN, which only weights beyond all reason produce, becomes 0.
    private static int Round(double scaled)
    {
        if (scaled >= QuantizedLimits.MaxValue) return QuantizedLimits.MaxValue;
        if (scaled > -QuantizedLimits.MaxValue) return (int)Rounding.Floor(scaled + 0.5);
        return scaled <= -QuantizedLimits.MaxValue ? -QuantizedLimits.MaxValue : 0;
    }
}
