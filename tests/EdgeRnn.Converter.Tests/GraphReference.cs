using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>
/// Evaluates the main graph of a model from the equations in double precision, straight from the graph's tensors: what the
/// importers, the runtime and the converter's reference run are compared with. Plain streams only; a graph with a window is
/// refused.
/// </summary>
internal sealed class GraphReference
{
    private readonly RecurrentGraph _graph;
    private readonly double[]?[] _values;
    private readonly Dictionary<GraphNode, double[]> _hidden = [];
    private readonly Dictionary<GraphNode, double[]> _cell = [];
    private readonly Dictionary<GraphNode, List<double[]>> _history = [];

    public GraphReference(RecurrentGraph graph)
    {
        if (graph.Window != null) throw new NotSupportedException("GraphReference runs plain streams only");
        _graph = graph;
        _values = new double[]?[graph.Main.Nodes.Count + 1];
    }

    /// <summary>Answers of a new stream, [steps][outputSize]; null where a step gives none.</summary>
    public static double[]?[] Run(RecurrentGraph graph, IEnumerable<float[]> input)
    {
        GraphReference reference = new(graph);
        return [.. input.Select(reference.Step)];
    }

    /// <summary>The state h of a recurrent layer after the last step, [outputSize].</summary>
    public double[] Hidden(GraphNode node) => _hidden[node];

    /// <summary>Whether a recurrent layer has had a step.</summary>
    public bool HasRun(GraphNode node) => _hidden.ContainsKey(node);

    /// <summary>The state c of an LSTM after the last step, [cellSize].</summary>
    public double[] Cell(GraphNode node) => _cell[node];

    /// <summary>One time step: the answer, or null.</summary>
    public double[]? Step(float[] input)
    {
        double[] x = [.. input.Select(value => (double)value)];
        if (_graph.Preprocessing is { } scaling)
            x = Standardise(x, new Tensor(scaling.Mean, x.Length), new Tensor(scaling.InverseScale, x.Length), scaling.Clip);
        _values[0] = x;
        for (int i = 0; i < _graph.Main.Nodes.Count; i++)
        {
            GraphNode node = _graph.Main.Nodes[i];
            _values[i + 1] = Read(node.Inputs) is { } gathered ? Evaluate(node, gathered) : null;
        }
        return Read(_graph.Main.Outputs);
    }

    private double[]? Read(IReadOnlyList<Segment> segments)
    {
        if (segments.Any(segment => _values[segment.Value] == null)) return null;
        return [.. segments.SelectMany(segment => _values[segment.Value]!.Skip(segment.Offset).Take(segment.Length))];
    }

    private double[]? Evaluate(GraphNode node, double[] x) => node switch
    {
        DenseNode dense => Apply(dense.Activation, Plus(Product(dense.Weights, x), dense.Bias)),
        RnnNode rnn => Rnn(rnn, x),
        LstmNode lstm => Lstm(lstm, x),
        GruNode gru => Gru(gru, x),
        EmbeddingNode embedding => Row(embedding.Table, Math.Floor(x[0] + 0.5)),
        ConvNode conv => Conv(conv, x),
        ActivationNode activation => Apply(activation.Activation, x),
        StandardiseNode scale => Standardise(x, scale.Mean, scale.InverseScale, scale.Clip),
        PairwiseNode pair => Pair(x, pair.Multiply),
        ArgMaxNode => [Array.IndexOf(x, x.Max())],
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private double[] Rnn(RnnNode node, double[] x)
    {
        double[] h = State(_hidden, node, node.InitialHidden, node.OutputSize);
        double[] a = Plus(Plus(Product(node.InputWeights, x), Product(node.RecurrentWeights, h)), node.Bias);
        return _hidden[node] = Apply(node.Activation, Clip(a, node.PreActivationClip));
    }

    private double[] Gru(GruNode node, double[] x)
    {
        int size = node.OutputSize;
        double[] h = State(_hidden, node, node.InitialHidden, size);
        double[] a = Product(node.InputWeights, x), u = Product(node.RecurrentWeights, h);
        double[] Gate(int block) => Apply(node.GateActivation, Clip(
            [.. Enumerable.Range(block * size, size).Select(k => a[k] + u[k] + node.Bias.Data[k])], node.PreActivationClip));
        double[] z = Gate(0), r = Gate(1);
        double[] recurrent = node.ResetAfter
            ? [.. Enumerable.Range(0, size).Select(k => r[k] * (u[2 * size + k] + node.Bias.Data[3 * size + k]))]
            : Product(node.RecurrentWeights.Rows(2 * size, size), [.. h.Zip(r, (state, reset) => state * reset)]);
        double[] n = Apply(node.CandidateActivation, Clip(
            [.. Enumerable.Range(0, size).Select(k => a[2 * size + k] + node.Bias.Data[2 * size + k] + recurrent[k])], node.PreActivationClip));
        return _hidden[node] = [.. Enumerable.Range(0, size).Select(k => (1 - z[k]) * n[k] + z[k] * h[k])];
    }

    private double[] Lstm(LstmNode node, double[] x)
    {
        int size = node.CellSize;
        double[] h = State(_hidden, node, node.InitialHidden, node.OutputSize);
        double[] c = State(_cell, node, node.InitialCell, size);
        double[] a = Plus(Plus(Product(node.InputWeights, x), Product(node.RecurrentWeights, h)), node.Bias);
        string gates = node.Coupling switch
        {
            GateCoupling.None => "ifgo",
            GateCoupling.ForgetFromInput => "igo",
            _ => "fgo",
        };
        double[] Gate(char letter, double[] seen)
        {
            double[] sum = [.. a.Skip(gates.IndexOf(letter) * size).Take(size)];
            int peephole = "ifo".IndexOf(letter) * size;
            for (int k = 0; k < size; k++) sum[k] += letter == 'g' ? 0 : (node.Peepholes?.Data[peephole + k] ?? 0) * seen[k];
            return Apply(letter == 'g' ? node.CellActivation : node.GateActivation, Clip(sum, node.PreActivationClip));
        }
        double[] OneMinus(double[] gate) => [.. gate.Select(value => 1 - value)];
        double[] i = node.Coupling == GateCoupling.InputFromForget ? OneMinus(Gate('f', c)) : Gate('i', c);
        double[] f = node.Coupling == GateCoupling.ForgetFromInput ? OneMinus(i) : Gate('f', c);
        double[] g = Gate('g', c);
        c = _cell[node] = [.. Enumerable.Range(0, size).Select(k => f[k] * c[k] + i[k] * g[k])];
        double[] o = Gate('o', c), y = Apply(node.OutputActivation, Clip(c, node.PreActivationClip));
        h = [.. o.Zip(y, (gate, value) => gate * value)];
        return _hidden[node] = node.Projection == null ? h : Plus(Product(node.Projection, h), node.ProjectionBias);
    }

    private double[]? Conv(ConvNode node, double[] x)
    {
        int kernel = node.Weights.Shape[2], reach = (kernel - 1) * node.Dilation, groupInputs = node.Weights.Shape[1];
        if (!_history.TryGetValue(node, out List<double[]>? past)) _history[node] = past = [];
        past.Add(x);
        int newest = past.Count - 1, sinceFirst = node.PaddedStart ? newest : newest - reach;
        if (sinceFirst < 0 || sinceFirst % node.Stride != 0) return null;
        double[] y = new double[node.OutputSize];
        for (int output = 0; output < y.Length; output++)
        {
            int firstInput = output / (node.OutputSize / node.Groups) * groupInputs;
            for (int k = 0; k < kernel; k++)
            {
                int step = newest - (kernel - 1 - k) * node.Dilation;
                for (int input = 0; step >= 0 && input < groupInputs; input++)
                    y[output] += node.Weights.Data[(output * groupInputs + input) * kernel + k] * past[step][firstInput + input];
            }
        }
        return Apply(node.Activation, Plus(y, node.Bias));
    }

    private static double[] Row(Tensor table, double row) =>
        row >= 0 && row < table.Shape[0] ? ToDouble(table.Rows((int)row, 1)) : new double[table.Shape[1]];

    private static double[] Pair(double[] x, bool multiply)
    {
        int half = x.Length / 2;
        return [.. Enumerable.Range(0, half).Select(k => multiply ? x[k] * x[half + k] : x[k] + x[half + k])];
    }

    private static double[] Standardise(double[] x, Tensor mean, Tensor inverseScale, float clip) =>
        Clip([.. x.Select((value, k) => (value - mean.Data[k]) * inverseScale.Data[k])], clip);

    private static double[] State(Dictionary<GraphNode, double[]> states, GraphNode node, Tensor? initial, int size)
    {
        if (!states.TryGetValue(node, out double[]? state)) states[node] = state = initial == null ? new double[size] : ToDouble(initial);
        return state;
    }

    private static double[] Product(Tensor matrix, double[] x)
    {
        double[] y = new double[matrix.Shape[0]];
        for (int row = 0; row < y.Length; row++)
        {
            for (int column = 0; column < x.Length; column++) y[row] += matrix.Data[row * x.Length + column] * x[column];
        }
        return y;
    }

    private static double[] Plus(double[] a, double[] b) => [.. a.Zip(b, (left, right) => left + right)];

    private static double[] Plus(double[] a, Tensor? b) => b == null ? a : Plus(a, ToDouble(b));

    private static double[] Clip(double[] x, float limit) => limit == 0 ? x : [.. x.Select(value => Math.Clamp(value, -limit, limit))];

    private static double[] ToDouble(Tensor tensor) => [.. tensor.Data.Select(value => (double)value)];

    private static double[] Apply(Activation f, double[] x)
    {
        if (f.Kind != ActivationKind.Softmax) return [.. x.Select(value => Apply(f, value))];
        double largest = x.Max(), sum = x.Sum(value => Math.Exp(value - largest));
        return [.. x.Select(value => Math.Exp(value - largest) / sum)];
    }

    private static double Apply(Activation f, double x) => f.Kind switch
    {
        ActivationKind.Linear => x,
        ActivationKind.Relu => Math.Max(x, 0),
        ActivationKind.LeakyRelu => x >= 0 ? x : f.Alpha * x,
        ActivationKind.Sigmoid => 1 / (1 + Math.Exp(-x)),
        ActivationKind.HardSigmoid => Math.Clamp((double)f.Alpha * x + f.Beta, 0, 1),
        ActivationKind.Tanh => Math.Tanh(x),
        ActivationKind.Affine => (double)f.Alpha * x + f.Beta,
        ActivationKind.ThresholdedRelu => x > f.Alpha ? x : 0,
        ActivationKind.ScaledTanh => f.Alpha * Math.Tanh((double)f.Beta * x),
        ActivationKind.Elu => x >= 0 ? x : f.Alpha * (Math.Exp(x) - 1),
        ActivationKind.Softsign => x / (1 + Math.Abs(x)),
        ActivationKind.Softplus => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
        ActivationKind.Clip => Math.Min(Math.Max(x, f.Alpha), f.Beta),
        _ => throw new NotSupportedException(f.Kind.ToString()),
    };
}
