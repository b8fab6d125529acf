using System;
using System.Linq;
using static EdgeRnn.Tests.SecondMath;

namespace EdgeRnn.Tests;

/// <summary>A float layer running in double precision.</summary>
internal sealed class SecondFloatRun(SecondLayer layer) : SecondLayerRun(layer)
{
    private readonly SecondLayer _layer = layer;

    protected override double[] InitialH => Initial(4, _layer.OutputSize);

    protected override double[] InitialC => Initial(8, _layer.Kind == SecondLayer.Lstm ? _layer.CellSize : 0);

    public override double[]? Step(double[] x) => _layer.Kind switch
    {
        SecondLayer.Dense => Apply(_layer.Activations[0], Rows(_layer.OutputSize, row => Dot(_layer[1], row, x) + Bias(row))),
        SecondLayer.Rnn => H = StepRnn(x),
        SecondLayer.Lstm => H = StepLstm(x),
        SecondLayer.Gru => H = StepGru(x),
        SecondLayer.Embedding => Lookup(x[0]),
        SecondLayer.Conv => StepConv(x),
        SecondLayer.Activation => Apply(_layer.Activations[0], x),
        SecondLayer.Standardise => Rows(x.Length, i => Clip((x[i] - _layer[10][i]) * _layer[11][i], _layer.Clip)),
        SecondLayer.Pairwise => Rows(_layer.OutputSize, i => _layer.Parameters[0] == 0 ? x[i] + x[i + _layer.OutputSize] : x[i] * x[i + _layer.OutputSize]),
        _ => [Array.IndexOf(x, x.Max())],
    };

    private static double[] Rows(int count, Func<int, double> row) => Enumerable.Range(0, count).Select(row).ToArray();

    private double[] Initial(int role, int size) =>
        _layer.Tensors.TryGetValue(role, out SecondTensor? tensor) ? Array.ConvertAll(tensor.Data, value => (double)value) : new double[size];

    private float Bias(int row) => _layer.Tensors.TryGetValue(2, out SecondTensor? bias) ? bias.Data[row] : 0;

    private double Activated(int activation, double x) => Apply(_layer.Activations[activation], Clip(x, _layer.Clip));

    private double[] StepRnn(double[] x) => Rows(H.Length, row => Activated(0, Dot(_layer[1], row, x) + Dot(_layer[3], row, H) + Bias(row)));

    private double[] StepLstm(double[] x)
    {
        int size = _layer.CellSize, coupling = _layer.Parameters[0];
        int forgetBlock = 1, cellBlock = coupling == 0 ? 2 : 1, outputBlock = cellBlock + 1;
        if (coupling == 2) forgetBlock = 0;
        double Sum(int block, int unit) =>
            Dot(_layer[1], block * size + unit, x) + Dot(_layer[3], block * size + unit, H) + Bias(block * size + unit);
        double Peephole(int third, int unit, double cell) =>
            _layer.Tensors.TryGetValue(5, out SecondTensor? peepholes) ? peepholes.Data[third * size + unit] * cell : 0;

        double[] cell = new double[size], hidden = new double[size];
        for (int unit = 0; unit < size; unit++)
        {
            double i = coupling == 2 ? 0 : Activated(0, Sum(0, unit) + Peephole(0, unit, C[unit]));
            double f = coupling == 1 ? 1 - i : Activated(0, Sum(forgetBlock, unit) + Peephole(1, unit, C[unit]));
            if (coupling == 2) i = 1 - f;
            cell[unit] = f * C[unit] + i * Activated(1, Sum(cellBlock, unit));
            double o = Activated(0, Sum(outputBlock, unit) + Peephole(2, unit, cell[unit]));
            hidden[unit] = o * Activated(2, cell[unit]);
        }
        C = cell;
        if (!_layer.Tensors.ContainsKey(6)) return hidden;
        return Rows(_layer.OutputSize, row => Dot(_layer[6], row, hidden) + (_layer.Tensors.ContainsKey(7) ? _layer[7][row] : 0));
    }

    private double[] StepGru(double[] x)
    {
        int size = H.Length;
        bool resetAfter = _layer.Parameters[0] == 1;
        double[] z = Rows(size, unit => Activated(0, Dot(_layer[1], unit, x) + Dot(_layer[3], unit, H) + Bias(unit)));
        double[] r = Rows(size, unit => Activated(0, Dot(_layer[1], size + unit, x) + Dot(_layer[3], size + unit, H) + Bias(size + unit)));
        double[] resetState = Rows(size, unit => r[unit] * H[unit]);
        double Recurrent(int unit) => resetAfter
            ? r[unit] * (Dot(_layer[3], 2 * size + unit, H) + Bias(3 * size + unit))
            : Dot(_layer[3], 2 * size + unit, resetState);
        double[] n = Rows(size, unit => Activated(1, Dot(_layer[1], 2 * size + unit, x) + Bias(2 * size + unit) + Recurrent(unit)));
        return Rows(size, unit => (1 - z[unit]) * n[unit] + z[unit] * H[unit]);
    }

    private double[] Lookup(double x)
    {
        SecondTensor table = _layer.Tensors[9];
        int index = x > -0.5 && x < table.Shape[0] - 0.5 ? (int)Math.Floor(x + 0.5) : -1;
        if (index >= 0) return Rows(_layer.OutputSize, i => table.Data[index * _layer.OutputSize + i]);
        IndexWasInvalid = true;
        return new double[_layer.OutputSize];
    }

    private double[]? StepConv(double[] x)
    {
        if (!Remember(x)) return null;
        int inputs = x.Length / _layer.Groups, outputs = _layer.OutputSize / _layer.Groups;
        return Apply(_layer.Activations[0], Rows(_layer.OutputSize, row =>
        {
            double sum = Bias(row);
            for (int k = 0; k < _layer.Kernel; k++)
            {
                if (Tap(k) is not { } frame) continue;
                for (int i = 0; i < inputs; i++)
                    sum += _layer[1][(row * inputs + i) * _layer.Kernel + k] * frame[row / outputs * inputs + i];
            }
            return sum;
        }));
    }
}
