using System;
using System.Linq;
using static EdgeRnn.Tests.SecondIntegers;

namespace EdgeRnn.Tests;

/// <summary>An integer layer running by NUMERICS.md alone: the bits must be the runtime's.</summary>
internal sealed class SecondIntegerRun(SecondLayer layer) : SecondLayerRun(layer)
{
    private readonly SecondLayer _layer = layer;
    private readonly int[] _columnBits = layer.ColumnBits;
    private readonly int[] _hiddenBits = [.. Enumerable.Repeat(layer.OutputBits, layer.OutputSize)];

    protected override double[] InitialH => _layer.Kind == SecondLayer.Gru
        ? Doubles(Longs(InitialWide).Select(h => Value(Round(h, _layer.StateBits - _layer.OutputBits))))
        : Doubles(Initial(4, _layer.IsCell ? _layer.OutputSize : 0).Select(Value));

    protected override double[] InitialWide => Doubles(Initial(4, _layer.Kind == SecondLayer.Gru ? _layer.OutputSize : 0));

    protected override double[] InitialC => Doubles(Initial(8, _layer.Kind == SecondLayer.Lstm ? _layer.CellSize : 0));

    protected override double[] InitialRest => new double[_layer.Kind == SecondLayer.Lstm ? _layer.CellSize : 0];

    public override double[]? Step(double[] input)
    {
        long[] x = Longs(input);
        int k = _layer.OutputBits, p = _layer.Kind is SecondLayer.Embedding or SecondLayer.ArgMax or SecondLayer.Pairwise ? 0 : _layer.PreBits;
        switch (_layer.Kind)
        {
            case SecondLayer.Dense: return Result(0, Product(1, Bias(0, _layer.OutputSize), x, _columnBits, p), p);
            case SecondLayer.Rnn: return H = StepRnn(x, p);
            case SecondLayer.Lstm: return H = StepLstm(x);
            case SecondLayer.Gru: return H = StepGru(x);
            case SecondLayer.Embedding: return Lookup(Shift(x[0], -_columnBits[0]));
            case SecondLayer.Conv: return StepConv(input, p);
            case SecondLayer.Activation: return Result(0, [.. x.Select((value, i) => Clamp(Shift(value, p - _columnBits[i]), PreLimit))], p);
            case SecondLayer.Standardise: return Doubles(x.Select((value, i) => Value(Round(Standardised(value, i, p), p - k))));
            case SecondLayer.Pairwise:
                bool multiply = _layer.Parameters[0] == 1;
                int half = _layer.OutputSize, bits = _columnBits[0] * (multiply ? 2 : 1);
                return Doubles(Enumerable.Range(0, half).Select(i => Value(Shift(multiply ? x[i] * x[half + i] : x[i] + x[half + i], k - bits))));
            default: return [Array.IndexOf(x, x.Max())];
        }
    }

    private static double[] Doubles(System.Collections.Generic.IEnumerable<long> numbers) => [.. numbers.Select(number => (double)number)];

    private static long[] Longs(double[] numbers) => Array.ConvertAll(numbers, number => (long)number);

    private static long[] Map(long[] x, Func<long, long> f) => Array.ConvertAll(x, value => f(value));

    private long[] Initial(int role, int size) =>
        size > 0 && _layer.Tensors.TryGetValue(role, out SecondTensor? tensor) ? Array.ConvertAll(tensor.Integers, value => (long)value) : new long[size];

    private long[] Bias(int first, int count) => _layer.Tensors.TryGetValue(2, out SecondTensor? bias)
        ? Array.ConvertAll(bias.Integers[first..(first + count)], value => (long)value) : new long[count];

    private long[] Product(int role, long[] y, long[] x, int[] bits, int preBits, int firstRow = 0)
    {
        AddProduct(_layer, role, firstRow, x, bits, preBits, y);
        return y;
    }

    private long[] Clipped(long[] x) => Map(x, value => Clip(value, _layer.Clip, _layer.PreBits));

    // From pre-activations to values.
    private double[] Result(int activation, long[] x, int preBits)
    {
        SecondActivation f = _layer.Activations[activation];
        int shift = ResultBits(f, preBits, _layer.OutputBits) - _layer.OutputBits;
        return Doubles(Apply(f, x, preBits, _layer.OutputBits).Select(value => Value(Round(value, shift))));
    }

    private double[] StepRnn(long[] x, int p)
    {
        long[] a = Product(1, Bias(0, H.Length), x, _columnBits, p);
        return Result(0, Clipped(Product(3, a, Longs(H), _hiddenBits, p)), p);
    }

    // Pre-activations of some units of a block of rows, W x + U h + b.
    private long[] Block(long[] x, int block, bool withState = true)
    {
        int size = _layer.CellSize;
        long[] y = Product(1, Bias(block * size, size), x, _columnBits, 15, block * size);
        return withState ? Product(3, y, Longs(H), _hiddenBits, 15, block * size) : y;
    }

    private double[] StepGru(long[] x)
    {
        int size = H.Length, s = _layer.StateBits;
        SecondActivation gate = _layer.Activations[0], candidate = _layer.Activations[1];
        long[] h = Longs(H), z = Map(Clipped(Block(x, 0)), value => StateGate(gate, value)), r = Map(Clipped(Block(x, 1)), value => Gate(gate, value));
        long[] n = Block(x, 2, withState: false);
        if (_layer.Parameters[0] == 1)
        {
            long[] u = Product(3, Bias(3 * size, size), h, _hiddenBits, 15, 2 * size);
            n = [.. n.Select((value, i) => Clamp(value + Round(r[i] * u[i], 15), PreLimit))];
        }
        else
        {
            n = Product(3, n, [.. h.Select((value, i) => Value(Round(r[i] * value, 15)))], _hiddenBits, 15, 2 * size);
        }
        n = Apply(candidate, Clipped(n), 15, _layer.OutputBits);
        int raise = s - ResultBits(candidate, 15, _layer.OutputBits);
        bool bounded = candidate.Kind is 3 or 4 or 5;
        if (!bounded) n = Map(n, value => Clamp(value, ((1 << 30) - 1) >> raise));
        long[] wide = [.. n.Select((value, i) => (value << raise) + Round((Int128)z[i] * ((long)Wide[i] - (value << raise)), 24))];
        Wide = Doubles(wide);
        return Doubles(wide.Select(value => Value(Round(value, s - _layer.OutputBits))));
    }

    private double[] StepLstm(long[] x)
    {
        int coupling = _layer.Parameters[0], cellBlock = coupling == 0 ? 2 : 1;
        SecondActivation gate = _layer.Activations[0];
        long[] c = Longs(C), i, f;
        if (coupling == 2)
        {
            f = Map(Clipped(Peep(Block(x, 0), 1, c)), value => StateGate(gate, value));
            i = Map(f, value => (1 << 24) - value);
        }
        else
        {
            i = Map(Clipped(Peep(Block(x, 0), 0, c)), value => StateGate(gate, value));
            f = coupling == 1 ? Map(i, value => (1 << 24) - value) : Map(Clipped(Peep(Block(x, 1), 1, c)), value => StateGate(gate, value));
        }
        long[] g = Apply(_layer.Activations[1], Clipped(Block(x, cellBlock)), 15, 15), a3 = Block(x, cellBlock + 1);
        Int128[] sums = [.. c.Select((value, unit) => Int128.Clamp((Int128)f[unit] * value + ((Int128)i[unit] * g[unit] << 2) + (long)Rest[unit],
            -(Int128)int.MaxValue << 24, (Int128.One << 55) - 1))];
        c = [.. sums.Select(sum => (long)(sum >> 24))];
        Rest = Doubles(sums.Select(sum => (long)sum & 0xFFFFFF));
        C = Doubles(c);
        long[] o = Map(Clipped(Peep(a3, 2, c)), value => Gate(gate, value));
        long[] shown = Apply(_layer.Activations[2], Clipped(Map(c, value => Clamp(Round(value, 2), PreLimit))), 15, 15);
        long[] y = [.. o.Select((value, unit) => Value(Round(value * shown[unit], 15)))];
        if (!_layer.Tensors.ContainsKey(6)) return Doubles(y);
        long[] h = _layer.Tensors.TryGetValue(7, out SecondTensor? bias) ? Array.ConvertAll(bias.Integers, value => (long)value) : new long[_layer.OutputSize];
        Product(6, h, y, [.. Enumerable.Repeat(15, y.Length)], _layer.ProjectionBits);
        return Doubles(h.Select(value => Value(Round(value, _layer.ProjectionBits - _layer.OutputBits))));
    }

    // a + p * c, where the gate has peepholes.
    private long[] Peep(long[] a, int gate, long[] c)
    {
        if (!_layer.Tensors.TryGetValue(5, out SecondTensor? peepholes)) return a;
        (long m, int e) = peepholes.Blocks[0].Scale(gate);
        return [.. a.Select((value, unit) =>
            Clamp(value + Clamp(Round(Round((Int128)peepholes.Integers[gate * c.Length + unit] * Round(c[unit], 2), 8) * m, 142 - e), PreLimit),
                PreLimit))];
    }

    private double[] Lookup(long index)
    {
        SecondTensor table = _layer.Tensors[9];
        if (index < 0 || index >= table.Rows)
        {
            IndexWasInvalid = true;
            return new double[_layer.OutputSize];
        }
        (long m, int e) = table.Blocks[0].Scale((int)index);
        int first = (int)index * _layer.OutputSize, shift = 150 - e - _layer.OutputBits;
        return Doubles(table.Integers[first..(first + _layer.OutputSize)].Select(weight => Value(Round((Int128)weight * m, shift))));
    }

    private double[]? StepConv(double[] x, int p)
    {
        if (!Remember(x)) return null;
        int inputs = x.Length / _layer.Groups, outputs = _layer.OutputSize / _layer.Groups;
        int[] bits = [.. Enumerable.Repeat(_layer.InputBits[0], _layer.Kernel * inputs)];
        long[] a = [.. Enumerable.Range(0, _layer.Groups).SelectMany(group =>
        {
            long[] taps = [.. Enumerable.Range(0, _layer.Kernel).SelectMany(k => Longs(Tap(k) ?? new double[x.Length]).Skip(group * inputs).Take(inputs))];
            return Product(1, Bias(group * outputs, outputs), taps, bits, p, group * outputs);
        })];
        return Result(0, a, p);
    }

    private long Standardised(long x, int feature, int p)
    {
        SecondTensor factors = _layer.Tensors[11];
        (long m, int e) = factors.Blocks[0].Scale(feature);
        long product = Round((Int128)x * factors.Integers[feature] * m, 150 - e + _columnBits[feature] - p);
        return Clip(Clamp(product + _layer.Tensors[10].Integers[feature], PreLimit), _layer.Clip, p);
    }
}
