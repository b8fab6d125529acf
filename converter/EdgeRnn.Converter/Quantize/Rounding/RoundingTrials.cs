using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize.Reference;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>
/// Runs pieces of a calibration through the model with one layer rounded, to see what that does to the answers. This judges what
/// the error of a single product does not show: how far an error is carried on, by states and by later layers.
/// </summary>
/// <param name="graph">The model in float.</param>
/// <param name="steps">Steps of the calibration.</param>
internal sealed class RoundingTrials(RecurrentGraph graph, long steps)
{
    // Multiply-accumulates of one run, about a tenth of a second.
    private const long MaxCost = 100_000_000;
    private const int CostPerUnit = 16;
    private const int Pieces = 8;
    private const long MaxKeptValues = 4 * 1024 * 1024;

    private readonly long _pieceSteps =
        Math.Max(1, Math.Min(MaxCost / CostOf(graph), MaxKeptValues / graph.Main.InputSize) / Pieces);
    private readonly List<double[]?> _rows = []; // null: back to the initial state
    private long _step;
    private double[]? _answers;

    /// <summary>Offers the next step of the calibration, standardised; kept when its piece is.</summary>
    public void Add(ReadOnlySpan<double> row)
    {
        long period = Math.Max(_pieceSteps, steps / Pieces), place = _step++ % period;
        if (place >= _pieceSteps) return;
        if (place == 0 && period > _pieceSteps) AddReset();
        _rows.Add(row.ToArray());
    }

    /// <summary>The next step begins another sequence.</summary>
    public void AddReset() => _rows.Add(null);

    /// <summary>The square of what a layer's rounding does to the answers, summed; null where there is no answer.</summary>
    /// <param name="part">Which graph.</param>
    /// <param name="node">Index of the layer.</param>
    /// <param name="replacement">The layer with other weights.</param>
    public double? Error(GraphPart part, int node, GraphNode replacement)
    {
        _answers ??= Answers(graph);
        if (_answers.Length == 0) return null;
        double[] answers = Answers(With(part, node, replacement));
        double sum = 0;
        for (int i = 0; i < answers.Length; i++) sum += (answers[i] - _answers[i]) * (answers[i] - _answers[i]);
        return double.IsNaN(sum) ? double.PositiveInfinity : sum;
    }

    private double[] Answers(RecurrentGraph model)
    {
        ReferenceRun run = new(model);
        List<double> answers = [];
        foreach (double[]? row in _rows)
        {
            if (row == null) run.Reset();
            else if (run.StepStandardised(row) is { } answer) answers.AddRange(answer);
        }
        return [.. answers];
    }

    private RecurrentGraph With(GraphPart part, int node, GraphNode replacement) => new()
    {
        Name = graph.Name,
        Main = part == GraphPart.Main ? With(graph.Main, node, replacement) : graph.Main,
        Decoder = part == GraphPart.Decoder ? With(graph.Decoder!, node, replacement) : graph.Decoder,
        Window = graph.Window,
        Preprocessing = graph.Preprocessing,
    };

    private static Subgraph With(Subgraph subgraph, int node, GraphNode replacement) => new()
    {
        InputSize = subgraph.InputSize,
        Nodes = [.. subgraph.Nodes.Select((other, i) => i == node ? replacement : other)],
        Outputs = subgraph.Outputs,
    };

    // Of one step, windows that overlap and decoders included.
    private static long CostOf(RecurrentGraph graph)
    {
        long cost = CostOf(graph.Main);
        if (graph.Window is not { } window) return cost;
        int hop = Math.Max(window.Hop, 1);
        cost *= Math.Max(1, (window.WindowLength + hop - 1) / hop);
        return graph.Decoder == null ? cost : cost + CostOf(graph.Decoder) * ((window.DecoderSteps + hop - 1) / hop);
    }

    private static long CostOf(Subgraph subgraph) => 1 + subgraph.Nodes.Sum(node =>
        (long)CostPerUnit * node.OutputSize + LayerFields.Of(node).Bytes / sizeof(float));
}
