using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>The cells that have a kernel of their own.</summary>
public enum FusedCell
{
    Gru,
    GruWithRelu,
    GruResetBefore,
    GruResetBeforeWithRelu,
    Lstm,
    Rnn,
    RnnWithRelu,
}

/// <summary>A cell with random weights, its equations in double precision, and memory [guard | x | h c | guard | work | guard].</summary>
internal sealed class FusedCellCase
{
    /// <summary>First of the inputs.</summary>
    public const int X = GuardSize;

    private const int GuardSize = 17;

    private readonly FusedCell _kind;
    private readonly int _inputSize;
    private readonly int _hiddenSize;
    private readonly int _gates;
    private readonly float[] _w;
    private readonly float[] _u;
    private readonly float[] _bias;

    public FusedCellCase(FusedCell kind, Random random, int inputSize, int hiddenSize)
    {
        _kind = kind;
        _inputSize = inputSize;
        _hiddenSize = hiddenSize;
        _gates = kind switch { FusedCell.Lstm => 4, FusedCell.Rnn or FusedCell.RnnWithRelu => 1, _ => 3 };
        float scale = 1 / MathF.Sqrt(hiddenSize + inputSize);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2 - 1) * scale)];
        _w = Numbers(_gates * hiddenSize * inputSize);
        _u = Numbers(_gates * hiddenSize * hiddenSize);
        _bias = Numbers((kind is FusedCell.Gru or FusedCell.GruWithRelu ? 4 : _gates) * hiddenSize);
    }

    /// <summary>One step of a kernel in memory, last block first or not.</summary>
    public delegate void Kernel(float[] memory, bool backwards);

    private int H => X + _inputSize;

    private int StateSize => (_kind == FusedCell.Lstm ? 2 : 1) * _hiddenSize;

    private int Work => H + StateSize + GuardSize;

    private int WorkSize => 3 * _hiddenSize;

    private bool Relu => _kind is FusedCell.GruWithRelu or FusedCell.GruResetBeforeWithRelu or FusedCell.RnnWithRelu;

    public Kernel MakeKernel(int lanes)
    {
        switch (_kind)
        {
            case FusedCell.Lstm:
                FusedLstm lstm = new(_w, _u, _bias, _inputSize, _hiddenSize, _hiddenSize, lanes);
                return (memory, backwards) => lstm.Step(memory, X, H, H + _hiddenSize, H, Work, backwards);
            case FusedCell.Rnn or FusedCell.RnnWithRelu:
                FusedRnn rnn = new(_w, _u, _bias, _inputSize, _hiddenSize, Relu, lanes);
                return (memory, backwards) => rnn.Step(memory, X, H, Work, backwards);
            case FusedCell.Gru or FusedCell.GruWithRelu:
                FusedGru gru = new(_w, _u, _bias, _inputSize, _hiddenSize, Relu, lanes);
                return (memory, backwards) => gru.Step(memory, X, H, Work, backwards);
            default:
                FusedResetBeforeGru before = new(_w, _u, _bias, _inputSize, _hiddenSize, Relu, lanes);
                return (memory, backwards) => before.Step(memory, X, H, Work, backwards);
        }
    }

    public float[] Memory(Random random, float guard)
    {
        float[] memory = new float[Work + WorkSize + GuardSize];
        Array.Fill(memory, guard);
        for (int i = 0; i < _inputSize + StateSize; i++) memory[X + i] = random.NextSingle() * 2 - 1;
        return memory;
    }

    public float[] State(float[] memory) => memory[H..(H + StateSize)];

    public int[] StateBits(float[] memory) => Array.ConvertAll(State(memory), BitConverter.SingleToInt32Bits);

    /// <summary>Compares all but the work; returns the largest difference of the state.</summary>
    public double AssertClose(float[] expected, float[] found, float guard, double tolerance, string where)
    {
        double worst = 0;
        for (int i = 0; i < found.Length; i++)
        {
            bool state = i >= H && i < H + StateSize, work = i >= Work && i < Work + WorkSize, input = i >= X && i < H;
            if (work) continue;
            double wanted = state || input ? expected[i] : guard, difference = Math.Abs(found[i] - wanted);
            Assert.True(difference <= (state ? tolerance * Math.Max(1, Math.Abs(wanted)) : 0),
                $"{where}, {_kind} {_inputSize},{_hiddenSize}, element {i - H} of the state: expected {wanted:R}, found {found[i]:R}");
            if (state) worst = Math.Max(worst, difference);
        }
        return worst;
    }

    /// <summary>The equations of the layers' documentation.</summary>
    public void StepReference(float[] memory)
    {
        double[] x = Read(memory, X, _inputSize), h = Read(memory, H, _hiddenSize), next = new double[StateSize];
        double[] reset = [.. Enumerable.Range(0, _hiddenSize).Select(unit => _gates == 3 ? Sigmoid(Sum(1, unit, x, h)) : 0)];
        double[] resetHidden = [.. h.Select((value, unit) => value * reset[unit])];
        for (int unit = 0; unit < _hiddenSize; unit++)
        {
            if (_gates == 1) next[unit] = Activation(Sum(0, unit, x, h));
            else if (_gates == 3)
            {
                double z = Sigmoid(Sum(0, unit, x, h)), u = Product(_u, 2, unit, resetHidden);
                if (_bias.Length == 4 * _hiddenSize) u = reset[unit] * (Product(_u, 2, unit, h) + _bias[3 * _hiddenSize + unit]);
                next[unit] = (1 - z) * Activation(Product(_w, 2, unit, x) + _bias[2 * _hiddenSize + unit] + u) + z * h[unit];
            }
            else
            {
                double c = Sigmoid(Sum(1, unit, x, h)) * memory[H + _hiddenSize + unit] + Sigmoid(Sum(0, unit, x, h)) * Math.Tanh(Sum(2, unit, x, h));
                next[_hiddenSize + unit] = c;
                next[unit] = Sigmoid(Sum(3, unit, x, h)) * Math.Tanh(c);
            }
        }
        for (int i = 0; i < next.Length; i++) memory[H + i] = (float)next[i];
    }

    private double Activation(double a) => Relu ? Math.Max(a, 0) : Math.Tanh(a);

    private double Sum(int gate, int unit, double[] x, double[] h) =>
        Product(_w, gate, unit, x) + Product(_u, gate, unit, h) + _bias[gate * _hiddenSize + unit];

    private double Product(float[] weights, int gate, int unit, double[] values) =>
        values.Select((value, column) => value * weights[(gate * _hiddenSize + unit) * values.Length + column]).Sum();

    private static double[] Read(float[] memory, int offset, int count) => [.. memory.AsSpan(offset, count).ToArray().Select(value => (double)value)];

    private static double Sigmoid(double a) => 1 / (1 + Math.Exp(-a));
}
