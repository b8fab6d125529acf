using System;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>Causal convolution over time with a ring of past inputs; <see cref="ConvNode"/> has the equation.</summary>
internal sealed class ReferenceConv : ReferenceLayer
{
    private readonly ConvNode _node;
    private readonly int _kernelSize;
    private readonly int _inputSize;
    private readonly int _historyLength;
    private readonly ReferenceMatrix[] _w; // per group [outputSize / groups, kernelSize * inputSize / groups]
    private readonly double[] _bias;
    private readonly double[] _history;    // ring of [historyLength, inputSize]
    private readonly double[] _taps;       // [kernelSize, inputSize / groups] of one group
    private int _position;
    private int _untilOutput;

    public ReferenceConv(ConvNode node, SignalTap tap) : base(node.OutputSize, tap)
    {
        _node = node;
        _kernelSize = node.Weights.Shape[2];
        _inputSize = node.InputSize;
        _historyLength = (_kernelSize - 1) * node.Dilation + 1;
        _bias = ReferenceMath.ToDouble(node.Bias);
        _history = new double[_historyLength * _inputSize];
        _taps = new double[_kernelSize * (_inputSize / node.Groups)];
        _w = new ReferenceMatrix[node.Groups];
        for (int group = 0; group < _w.Length; group++) _w[group] = GroupMatrix(group);
        Reset();
    }

    public override bool Step(ReadOnlySpan<double> x)
    {
        int newest = _position;
        x.CopyTo(_history.AsSpan(newest * _inputSize));
        _position = newest + 1 == _historyLength ? 0 : newest + 1;
        if (_untilOutput > 0)
        {
            _untilOutput--;
            return false;
        }
        _untilOutput = _node.Stride - 1;

        Restore(_bias, Output);
        int groupOutputs = Output.Length / _w.Length;
        for (int group = 0; group < _w.Length; group++)
        {
            CollectTaps(newest, group);
            Tap.Multiply(ProductKind.Input, group, _taps);
            _w[group].AddProduct(_taps, Output.AsSpan(group * groupOutputs, groupOutputs));
        }
        Tap.Show(Signal.PreActivation, Output);
        ReferenceMath.Apply(_node.Activation, Output);
        return true;
    }

    public override void Reset()
    {
        Array.Clear(_history);
        _position = 0;
        _untilOutput = _node.PaddedStart ? 0 : _historyLength - 1;
    }

    private void CollectTaps(int newest, int group)
    {
        int groupInputs = _inputSize / _w.Length;
        for (int k = 0; k < _kernelSize; k++)
        {
            int frame = newest - (_kernelSize - 1 - k) * _node.Dilation;
            if (frame < 0) frame += _historyLength;
            _history.AsSpan(frame * _inputSize + group * groupInputs, groupInputs).CopyTo(_taps.AsSpan(k * groupInputs));
        }
    }

    // From [outputs, inputs / groups, kernel] to the rows of one group over [kernel, inputs / groups].
    private ReferenceMatrix GroupMatrix(int group)
    {
        int groupInputs = _inputSize / _node.Groups, groupOutputs = _node.OutputSize / _node.Groups;
        int columns = _kernelSize * groupInputs;
        float[] matrix = new float[groupOutputs * columns];
        ReadOnlySpan<float> source = _node.Weights.Data.AsSpan(group * matrix.Length, matrix.Length);
        for (int at = 0; at < matrix.Length; at++)
        {
            int row = at / columns, input = at % columns / _kernelSize, k = at % _kernelSize;
            matrix[row * columns + k * groupInputs + input] = source[at];
        }
        return new ReferenceMatrix(matrix, groupOutputs, columns);
    }
}
