using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>
/// Measures which part of a model costs how much: rounds one gate at a time in the float model and looks at the answer. What is
/// not in the weights are the rounding of the input and the integer arithmetic behind it.
/// </summary>
internal sealed class DamageMeasurement(QuantizedGraph graph, byte[] integerFile, ReportInput input, int steps)
{
    /// <summary>What the arithmetic of the whole model is called.</summary>
    public const string Arithmetic = "16-bit arithmetic";

    /// <summary>What the rounding of the standardised input is called.</summary>
    public const string Input = "input rounding";

    private readonly float[] _reference = AnswerRun.Of(ErnnWriter.Write(graph.Source), input, steps);
    private readonly double[] _standardised = new double[graph.Source.Main.InputSize];

    /// <summary>All parts, the worst first; empty where the model does not answer.</summary>
    public IReadOnlyList<GateDamage> Measure()
    {
        List<GateDamage> damage = [.. OfPart(GraphPart.Main, graph.Main), .. OfPart(GraphPart.Decoder, graph.Decoder)];
        Add(Input, _reference, OfRoundedInput(graph.Source));
        Add(Arithmetic, OfRoundedInput(graph.Dequantized()), AnswerRun.Of(integerFile, input, steps));
        double sum = damage.Sum(part => part.ErrorRatio);
        return [.. damage.OrderByDescending(part => part.ErrorRatio)
            .Select(part => part with { Share = sum > 0 ? part.ErrorRatio / sum : 0 })];

        void Add(string part, float[] reference, float[] answers)
        {
            if (AnswerRun.ErrorRatio(reference, answers) is { } ratio)
                damage.Add(new GateDamage(GraphPart.Main, "", Gate.None, part, ratio, 0));
        }
    }

    // A float graph on what the integer model makes of its input.
    private float[] OfRoundedInput(RecurrentGraph floats)
    {
        RecurrentGraph bare = new() { Name = floats.Name, Main = floats.Main, Decoder = floats.Decoder, Window = floats.Window };
        return AnswerRun.Of(ErnnWriter.Write(bare), input, steps, Round);
    }

    private void Round(float[] row)
    {
        int bits = graph.Main.InputBits;
        input.Standardise(row, _standardised);
        for (int i = 0; i < row.Length; i++) row[i] = (float)Math.ScaleB(InputRounding.Round(_standardised[i], bits), -bits);
    }

    private IEnumerable<GateDamage> OfPart(GraphPart part, QuantizedSubgraph? layers)
    {
        for (int i = 0; i < (layers?.Nodes.Count ?? 0); i++)
        {
            QuantizedNode node = layers!.Nodes[i];
            foreach (RoundedPart rounded in RoundedPart.Of(node))
            {
                float[] answers = AnswerRun.Of(ErnnWriter.Write(With(part, i, rounded.Node)), input, steps);
                if (AnswerRun.ErrorRatio(_reference, answers) is { } ratio)
                    yield return new GateDamage(part, node.Source.Name, rounded.Gate, rounded.Name, ratio, 0);
            }
        }
    }

    // The float graph with one layer replaced.
    private RecurrentGraph With(GraphPart part, int index, GraphNode node)
    {
        RecurrentGraph source = graph.Source;
        return new RecurrentGraph
        {
            Name = source.Name,
            Main = part == GraphPart.Main ? With(source.Main, index, node) : source.Main,
            Decoder = part == GraphPart.Decoder ? With(source.Decoder!, index, node) : source.Decoder,
            Window = source.Window,
            Preprocessing = source.Preprocessing,
        };
    }

    private static Subgraph With(Subgraph graph, int index, GraphNode node)
    {
        GraphNode[] nodes = [.. graph.Nodes];
        nodes[index] = node;
        return new Subgraph { InputSize = graph.InputSize, Nodes = nodes, Outputs = graph.Outputs };
    }
}
