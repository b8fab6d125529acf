using System;

namespace EdgeRnn.Benchmarks;

/// <summary>
/// The same network as a plain scalar loop over row-major weights, as one would first write it: the yardstick inside each run, since
/// ratios carry over from machine to machine and nanoseconds do not.
/// </summary>
public sealed class NaiveCell
{
    private readonly CellWeights _weights;
    private readonly int _gates;
    private readonly int _rows;
    private readonly int _inputSize;
    private readonly int _hiddenSize;
    private readonly float[] _h;
    private readonly float[] _c;
    private readonly float[] _a; // input products and bias, [4 * hiddenSize]
    private readonly float[] _u; // recurrent products, [4 * hiddenSize]

    public NaiveCell(BenchmarkCase network)
    {
        _weights = network.Weights();
        _gates = network.Gates;
        _rows = _gates * network.HiddenSize;
        _inputSize = network.InputSize;
        _hiddenSize = network.HiddenSize;
        _h = new float[_hiddenSize];
        _c = new float[_hiddenSize];
        _a = new float[4 * _hiddenSize];
        _u = new float[4 * _hiddenSize];
    }

    /// <summary>One step; returns the head's output.</summary>
    public float Step(float[] x)
    {
        for (int row = 0; row < _rows; row++)
        {
            float sum = _weights.Bias[row];
            for (int i = 0; i < _inputSize; i++) sum += _weights.Input[row * _inputSize + i] * x[i];
            _a[row] = sum;
            sum = 0;
            for (int i = 0; i < _hiddenSize; i++) sum += _weights.Recurrent[row * _hiddenSize + i] * _h[i];
            _u[row] = sum;
        }
        for (int unit = 0; unit < _hiddenSize; unit++) _h[unit] = Unit(unit);
        float output = _weights.HeadBias;
        for (int unit = 0; unit < _hiddenSize; unit++) output += _weights.Head[unit] * _h[unit];
        return output;
    }

    private float Unit(int unit) => _gates switch
    {
        1 => MathF.Tanh(_a[unit] + _u[unit]),
        3 => Gru(unit),
        _ => Lstm(unit),
    };

    private float Gru(int unit)
    {
        int r = _hiddenSize + unit, n = 2 * _hiddenSize + unit;
        float update = Sigmoid(_a[unit] + _u[unit]);
        float reset = Sigmoid(_a[r] + _u[r]);
        float candidate = MathF.Tanh(_a[n] + reset * (_u[n] + _weights.Bias[3 * _hiddenSize + unit]));
        return (1 - update) * candidate + update * _h[unit];
    }

    private float Lstm(int unit)
    {
        int f = _hiddenSize + unit, g = 2 * _hiddenSize + unit, o = 3 * _hiddenSize + unit;
        _c[unit] = Sigmoid(_a[f] + _u[f]) * _c[unit] + Sigmoid(_a[unit] + _u[unit]) * MathF.Tanh(_a[g] + _u[g]);
        return Sigmoid(_a[o] + _u[o]) * MathF.Tanh(_c[unit]);
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
