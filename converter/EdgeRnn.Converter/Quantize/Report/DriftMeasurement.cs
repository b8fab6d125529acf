using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize.Reference;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>
/// Runs the integer model for a long time beside two runs in double precision: one with the rounded weights on the rounded input,
/// one of the float model. States are compared after every time step.
/// </summary>
internal sealed class DriftMeasurement : LayerObserver
{
    private const int Points = 100;

    private readonly List<State> _states = [];
    private SessionMemory? _memory;

    private DriftMeasurement(QuantizedGraph graph, Model model, int points)
    {
        AddStates(GraphPart.Main, graph.Main, model.Main, points);
        if (graph.Decoder != null && model.Decoder != null) AddStates(GraphPart.Decoder, graph.Decoder, model.Decoder, points);
    }

    /// <summary>Measures; null for a model without states.</summary>
    public static DriftReport? Run(QuantizedGraph graph, Model model, ReportInput input, int steps)
    {
        int bucketSteps = Math.Max(1, (steps + Points - 1) / Points);
        DriftMeasurement drift = new(graph, model, (steps + bucketSteps - 1) / bucketSteps);
        if (drift._states.Count == 0) return null;
        ReferenceRun rounded = new(graph.Dequantized()), exact = new(graph.Source);
        Session session = new(model) { Observer = drift };
        float[] answer = new float[model.OutputSize];
        double[] x = new double[model.InputSize];
        int step = 0;
        foreach (float[] row in input.Endless(steps))
        {
            session.Step(row, 0, answer, 0);
            exact.Step(row);
            input.Standardise(row, x);
            int bits = model.InputFractionBits;
            for (int i = 0; i < x.Length; i++) x[i] = Math.ScaleB(InputRounding.Round(x[i], bits), -bits);
            rounded.StepStandardised(x);
            drift.Compare(rounded, exact, step++ / bucketSteps);
        }
        return new DriftReport(step, bucketSteps, input.IsNoise, input.Seed, [.. drift._states.Select(state => state.Curve)]);
    }

    public override void Stepped(LayerGraph graph, int layer, SessionMemory session) => _memory = session;

    private void AddStates(GraphPart part, QuantizedSubgraph graph, LayerGraph runtime, int points)
    {
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            GraphNode node = graph.Nodes[i].Source;
            if (node is not (RnnNode or GruNode or LstmNode)) continue;
            Layer layer = runtime.LayerAt(i);
            IReadOnlyList<LayerSignal> places = layer is QuantizedLayer quantized ? quantized.Signals : [];
            LayerSignal h = places.FirstOrDefault(place => place.Part == LayerPart.WideState)
                ?? new LayerSignal(LayerPart.WideState, layer.OutputOffset, layer.OutputSize, runtime.ValueBits(i + 1), 0);
            _states.Add(new State(part, i, false, h,
                new DriftCurve(part, node.Name, "h", new double[points], new double[points])));
            if (places.FirstOrDefault(place => place.Part == LayerPart.CellState) is { } c)
                _states.Add(new State(part, i, true, c,
                    new DriftCurve(part, node.Name, "c", new double[points], new double[points])));
        }
    }

    private void Compare(ReferenceRun rounded, ReferenceRun exact, int point)
    {
        if (_memory == null) return;
        foreach (State state in _states)
        {
            ReadOnlySpan<int> found = _memory.Ints.AsSpan(state.Place.Offset, state.Place.Count);
            Note((double[])state.Curve.Arithmetic, point, Largest(found, state.Of(rounded), state.Place.FractionBits));
            Note((double[])state.Curve.Total, point, Largest(found, state.Of(exact), state.Place.FractionBits));
        }
    }

    private static void Note(double[] curve, int point, double error) => curve[point] = Math.Max(curve[point], error);

    private static double Largest(ReadOnlySpan<int> found, ReadOnlySpan<double> expected, int fractionBits)
    {
        double largest = 0, step = Math.ScaleB(1, -fractionBits);
        for (int i = 0; i < found.Length; i++) largest = Math.Max(largest, Math.Abs(found[i] * step - expected[i]));
        return largest;
    }

    private sealed record State(GraphPart Part, int Node, bool IsCell, LayerSignal Place, DriftCurve Curve)
    {
        public ReadOnlySpan<double> Of(ReferenceRun run) => IsCell ? run.Cell(Node, Part) : run.Hidden(Node, Part);
    }
}
