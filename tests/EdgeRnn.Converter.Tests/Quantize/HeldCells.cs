using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantize;

/// <summary>
/// Small cells whose state gate (GRU z, LSTM f) is held at a value by its bias; everything else about them is random and alive. What an
/// LSTM writes is in proportion to what it forgets, so that its cell stays where tanh(c) shows it: by its input gate, by input gate and
/// candidate in equal parts, or because the two gates are coupled. Where the input gate is open, c goes far beyond; a cell that then reads
/// its own state latches, and when it lets go hangs on the smallest difference.
/// </summary>
internal static class HeldCells
{
    /// <summary>Features of the input, within +-1.</summary>
    public const int InputSize = 2;

    private const int Units = 4;
    private const int Seed = 20261124;

    private static readonly Dictionary<string, Func<double, GraphNode>> _makers = new()
    {
        ["gru, reset after"] = gate => Gru(gate, true),
        ["gru, reset before"] = gate => Gru(gate, false),
        ["lstm, writes by its input gate"] = gate => Lstm(gate, inputGate: 1 - gate, candidate: 1),
        ["lstm, writes by gate and candidate"] = gate => Lstm(gate, Math.Sqrt(1 - gate), Math.Sqrt(1 - gate)),
        ["lstm, forget gate from input gate"] = gate => CoupledLstm(gate, GateCoupling.ForgetFromInput),
        ["lstm, input gate from forget gate"] = gate => CoupledLstm(gate, GateCoupling.InputFromForget),
        ["lstm, open input gate"] = gate => Lstm(gate, 0.5, 1, recurrence: 0),
        ["lstm, open input gate, reads its state"] = gate => Lstm(gate, 0.5, 1),
        ["lstm, open input gate, small candidate"] = gate => Lstm(gate, 0.5, 2 * (1 - gate)),
    };

    /// <summary>Cells that are held to the limits.</summary>
    public static IEnumerable<string> Names => _makers.Keys.Take(6);

    /// <summary>One of the cells.</summary>
    /// <param name="name">Which.</param>
    /// <param name="gate">Value of its state gate.</param>
    public static GraphNode Make(string name, double gate) => _makers[name](gate);

    /// <summary>A relu cell that forgets as slowly: h = relu(W x + gate * h').</summary>
    public static GraphNode Relu(double gate)
    {
        float[] u = new float[Units * Units];
        for (int i = 0; i < Units; i++) u[i * (Units + 1)] = (float)gate;
        Numbers numbers = new();
        return new RnnNode("rnn", Input, Matrix(numbers.Some(Units * InputSize, 1 - gate), InputSize), Matrix(u, Units),
            Vector(Same(0.5 * (1 - gate))), Activation.Relu);
    }

    private static Segment[] Input => [new(0, 0, InputSize)];

    private static GruNode Gru(double gate, bool resetAfter)
    {
        Numbers numbers = new();
        float[] w = [.. new float[Units * InputSize], .. numbers.Some(2 * Units * InputSize, 1)];
        float[] u = [.. new float[Units * Units], .. numbers.Some(2 * Units * Units, 0.5)];
        float[] b = [.. Same(Logit(gate)), .. numbers.Some((resetAfter ? 3 : 2) * Units, 0.5)];
        return new GruNode("gru", Input, Matrix(w, InputSize), Matrix(u, Units), Vector(b), resetAfter);
    }

    // inputGate: about what i is; candidate: about how large g gets.
    private static LstmNode Lstm(double gate, double inputGate, double candidate, double recurrence = 0.5)
    {
        Numbers numbers = new();
        const int Inputs = Units * InputSize, States = Units * Units;
        float[] w = [.. numbers.Some(Inputs, 0.5), .. new float[Inputs], .. numbers.Some(Inputs, candidate), .. numbers.Some(Inputs, 1)];
        float[] u =
        [
            .. numbers.Some(States, recurrence), .. new float[States], .. numbers.Some(States, recurrence * candidate),
            .. numbers.Some(States, recurrence),
        ];
        float[] b = [.. Same(Logit(inputGate)), .. Same(Logit(gate)), .. numbers.Some(Units, 0.5 * candidate), .. numbers.Some(Units, 0.5)];
        return new LstmNode("lstm", Input, Matrix(w, InputSize), Matrix(u, Units), Vector(b));
    }

    private static LstmNode CoupledLstm(double gate, GateCoupling coupling)
    {
        Numbers numbers = new();
        float[] w = [.. new float[Units * InputSize], .. numbers.Some(2 * Units * InputSize, 1)];
        float[] u = [.. new float[Units * Units], .. numbers.Some(2 * Units * Units, 0.5)];
        float[] b = [.. Same(coupling == GateCoupling.ForgetFromInput ? -Logit(gate) : Logit(gate)), .. numbers.Some(2 * Units, 0.5)];
        return new LstmNode("lstm", Input, Matrix(w, InputSize), Matrix(u, Units), Vector(b)) { Coupling = coupling };
    }

    private static double Logit(double gate) => Math.Log(gate / (1 - gate));

    private static float[] Same(double value) => [.. Enumerable.Repeat((float)value, Units)];

    private static Tensor Matrix(float[] data, int columns) => new(data, data.Length / columns, columns);

    private static Tensor Vector(float[] data) => new(data, data.Length);

    private sealed class Numbers
    {
        private readonly Random _random = new(Seed);

        public float[] Some(int count, double largest) =>
            [.. Enumerable.Range(0, count).Select(_ => (float)((_random.NextDouble() * 2 - 1) * largest))];
    }
}
