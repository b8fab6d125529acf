using System;
using System.Collections.Generic;
using System.Linq;
using static EdgeRnn.Tests.SecondMath;

namespace EdgeRnn.Tests;

/// <summary>One layer running in double precision, with its own state.</summary>
internal sealed class SecondLayerRun(SecondLayer layer)
{
    /// <summary>The inputs of a conv since Reset.</summary>
    public List<double[]> History { get; } = [];

    /// <summary>Inputs a conv takes before the one that gives its next output.</summary>
    public long StepsUntilOutput
    {
        get
        {
            long first = layer.PaddedStart ? 0 : layer.Reach;
            return History.Count <= first ? first - History.Count : (layer.Stride - (History.Count - first) % layer.Stride) % layer.Stride;
        }
    }

    public double[] H { get; set; } = [];

    public double[] C { get; set; } = [];

    /// <summary>An embedding index outside the table was met since this was last set to false.</summary>
    public bool IndexWasInvalid { get; set; }

    public void Reset()
    {
        H = Initial(4, layer.OutputSize);
        C = Initial(8, layer.Kind == SecondLayer.Lstm ? layer.CellSize : 0);
        History.Clear();
    }

    /// <summary>The output for one more input, or null when a conv does not answer yet.</summary>
    public double[]? Step(double[] x) => layer.Kind switch
    {
        SecondLayer.Dense => Apply(layer.Activations[0], Rows(layer.OutputSize, row => Dot(layer[1], row, x) + Bias(row))),
        SecondLayer.Rnn => H = StepRnn(x),
        SecondLayer.Lstm => H = StepLstm(x),
        SecondLayer.Gru => H = StepGru(x),
        SecondLayer.Embedding => Lookup(x[0]),
        SecondLayer.Conv => StepConv(x),
        SecondLayer.Activation => Apply(layer.Activations[0], x),
        SecondLayer.Standardise => Rows(x.Length, i => Clip((x[i] - layer[10][i]) * layer[11][i], layer.Clip)),
        SecondLayer.Pairwise => Rows(layer.OutputSize, i => layer.Parameters[0] == 0 ? x[i] + x[i + layer.OutputSize] : x[i] * x[i + layer.OutputSize]),
        _ => [Array.IndexOf(x, x.Max())],
    };

    private static double[] Rows(int count, Func<int, double> row) => Enumerable.Range(0, count).Select(row).ToArray();

    private double[] Initial(int role, int size) =>
        layer.Tensors.TryGetValue(role, out SecondTensor? tensor) ? Array.ConvertAll(tensor.Data, value => (double)value) : new double[size];

    private float Bias(int row) => layer.Tensors.TryGetValue(2, out SecondTensor? bias) ? bias.Data[row] : 0;

    private double Activated(int activation, double x) => Apply(layer.Activations[activation], Clip(x, layer.Clip));

    private double[] StepRnn(double[] x) => Rows(H.Length, row => Activated(0, Dot(layer[1], row, x) + Dot(layer[3], row, H) + Bias(row)));

    private double[] StepLstm(double[] x)
    {
        int size = layer.CellSize, coupling = layer.Parameters[0];
        int forgetBlock = 1, cellBlock = coupling == 0 ? 2 : 1, outputBlock = cellBlock + 1;
        if (coupling == 2) forgetBlock = 0;
        double Sum(int block, int unit) =>
            Dot(layer[1], block * size + unit, x) + Dot(layer[3], block * size + unit, H) + Bias(block * size + unit);
        double Peephole(int third, int unit, double cell) =>
            layer.Tensors.TryGetValue(5, out SecondTensor? peepholes) ? peepholes.Data[third * size + unit] * cell : 0;

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
        if (!layer.Tensors.ContainsKey(6)) return hidden;
        return Rows(layer.OutputSize, row => Dot(layer[6], row, hidden) + (layer.Tensors.ContainsKey(7) ? layer[7][row] : 0));
    }

    private double[] StepGru(double[] x)
    {
        int size = H.Length;
        bool resetAfter = layer.Parameters[0] == 1;
        double[] z = Rows(size, unit => Activated(0, Dot(layer[1], unit, x) + Dot(layer[3], unit, H) + Bias(unit)));
        double[] r = Rows(size, unit => Activated(0, Dot(layer[1], size + unit, x) + Dot(layer[3], size + unit, H) + Bias(size + unit)));
        double[] resetState = Rows(size, unit => r[unit] * H[unit]);
        double Recurrent(int unit) => resetAfter
            ? r[unit] * (Dot(layer[3], 2 * size + unit, H) + Bias(3 * size + unit))
            : Dot(layer[3], 2 * size + unit, resetState);
        double[] n = Rows(size, unit => Activated(1, Dot(layer[1], 2 * size + unit, x) + Bias(2 * size + unit) + Recurrent(unit)));
        return Rows(size, unit => (1 - z[unit]) * n[unit] + z[unit] * H[unit]);
    }

    private double[] Lookup(double x)
    {
        SecondTensor table = layer.Tensors[9];
        int index = x > -0.5 && x < table.Shape[0] - 0.5 ? (int)Math.Floor(x + 0.5) : -1;
        if (index >= 0) return Rows(layer.OutputSize, i => table.Data[index * layer.OutputSize + i]);
        IndexWasInvalid = true;
        return new double[layer.OutputSize];
    }

    private double[]? StepConv(double[] x)
    {
        bool answers = StepsUntilOutput == 0;
        int count = History.Count;
        History.Add(x);
        if (!answers) return null;

        int inputs = x.Length / layer.Groups, outputs = layer.OutputSize / layer.Groups;
        return Apply(layer.Activations[0], Rows(layer.OutputSize, row =>
        {
            double sum = Bias(row);
            for (int k = 0; k < layer.Kernel; k++)
            {
                int when = count - (layer.Kernel - 1 - k) * layer.Dilation;
                if (when < 0) continue;
                for (int i = 0; i < inputs; i++)
                    sum += layer[1][(row * inputs + i) * layer.Kernel + k] * History[when][row / outputs * inputs + i];
            }
            return sum;
        }));
    }
}
