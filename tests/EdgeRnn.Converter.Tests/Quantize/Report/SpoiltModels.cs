using System;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Tests.Quantize.Report;

/// <summary>
/// Models with one deliberately bad gate: its weights for the last thing it reads, which is always zero, are huge. In float that
/// changes nothing; in integers the scale of each of its rows is spent on them. The last input and the last unit of each GRU
/// are zero.
/// </summary>
internal static class SpoiltModels
{
    public const int Inputs = 4;
    public const int Units = 8;

    private const float Outlier = 60;
    private static readonly Gate[] _gruGates = [Gate.UpdateGate, Gate.ResetGate, Gate.Candidate];
    private static readonly Gate[] _lstmGates = [Gate.InputGate, Gate.ForgetGate, Gate.Candidate, Gate.OutputGate];

    /// <summary>Two GRUs and a dense layer: gru1, gru2, head.</summary>
    /// <param name="layer">The layer with the bad gate, or an empty text.</param>
    /// <param name="gate">The bad gate; None for all weights of the layer.</param>
    public static RecurrentGraph Gru(string layer = "", Gate gate = Gate.None)
    {
        Random random = new(3);
        GruNode first = GruOf("gru1", 0, Inputs), second = GruOf("gru2", 1, Units);
        DenseNode head = new("head", [new Segment(2, 0, Units)],
            Weights(random, 2, Units, 0.8, layer == "head", Gate.None, [Gate.None]),
            null, Activation.Linear);
        return Of("spoilt", [first, second, head]);

        GruNode GruOf(string name, int reads, int inputs)
        {
            Tensor w = Weights(random, 3 * Units, inputs, 0.9, layer == name, gate, _gruGates);
            Tensor u = Weights(random, 3 * Units, Units, 0.5, false, gate, _gruGates);
            float[] bias = [.. Enumerable.Range(0, 4 * Units)
                .Select(i => i % Units == Units - 1 ? 0 : 0.2f * (float)random.NextDouble())];
            // A candidate of zero keeps the last unit at zero.
            Array.Clear(w.Data, (3 * Units - 1) * inputs, inputs - 1);
            Array.Clear(u.Data, (3 * Units - 1) * Units, Units);
            w.Data[^1] = 0;
            return new GruNode(name, [new Segment(reads, 0, inputs)], w, u, new Tensor(bias, 4 * Units), true);
        }
    }

    /// <summary>One LSTM and a dense layer: lstm, head.</summary>
    public static RecurrentGraph Lstm(Gate gate = Gate.None)
    {
        Random random = new(4);
        bool spoilt = gate != Gate.None;
        LstmNode lstm = new("lstm", [new Segment(0, 0, Inputs)],
            Weights(random, 4 * Units, Inputs, 0.9, spoilt, gate, _lstmGates),
            Weights(random, 4 * Units, Units, 0.5, false, gate, _lstmGates), new Tensor(new float[4 * Units], 4 * Units));
        return Of("spoilt", [lstm, new DenseNode("head", [new Segment(1, 0, Units)],
            Weights(random, 2, Units, 0.8, false, gate, [Gate.None]),
            null, Activation.Linear)]);
    }

    /// <summary>Standard-normal steps whose last channel is zero.</summary>
    public static StepArray Recording(int steps = 400)
    {
        Random random = new(5);
        float[] samples = new float[steps * Inputs];
        for (int i = 0; i < samples.Length; i++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            samples[i] = i % Inputs == Inputs - 1 ? 0 : (float)normal;
        }
        return new StepArray([samples], Inputs);
    }

    private static RecurrentGraph Of(string name, GraphNode[] nodes) => new()
    {
        Name = name,
        Main = new Subgraph { InputSize = Inputs, Nodes = nodes, Outputs = [new Segment(nodes.Length, 0, 2)] },
    };

    private static Tensor Weights(Random random, int rows, int columns, double range, bool spoilt, Gate bad, Gate[] gates)
    {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((2 * random.NextDouble() - 1) * range);
            bool inGate = bad == Gate.None || gates[i / columns / (rows / gates.Length)] == bad;
            if (spoilt && inGate && i % columns == columns - 1) values[i] = Outlier;
        }
        return new Tensor(values, rows, columns);
    }
}
