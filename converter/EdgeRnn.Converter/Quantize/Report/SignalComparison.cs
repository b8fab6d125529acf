using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Quantize.Reference;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>
/// Runs the integer model and the float graph in double precision side by side and compares every signal and answer.
/// </summary>
internal sealed class SignalComparison : LayerObserver
{
    private const double LargestPreActivation = QuantizedLimits.MaxPreActivation >> QuantizedLimits.GateBits;

    private readonly Model _model;
    private readonly SignalQueue _reference = new();
    private readonly Dictionary<SignalId, SignalError> _signals = [];
    private readonly Dictionary<Layer, IReadOnlyList<LayerSignal>> _places = [];
    private readonly ErrorSum[] _outputs;
    private readonly ErrorSum _answer = new();

    private SignalComparison(Model model)
    {
        _model = model;
        _outputs = [.. Enumerable.Range(0, model.FrameSize).Select(_ => new ErrorSum())];
    }

    /// <summary>Time steps compared.</summary>
    public long Steps { get; private set; }

    /// <summary>Answers against the reference.</summary>
    public TaskReport Task => new(_outputs[0].Count, _answer.Ratio, _answer.ErrorRms, _answer.MaxError,
        [.. _outputs.Select((sum, i) => new OutputError(i, sum.Ratio, sum.ErrorRms, sum.MaxError, sum.SignalRms))]);

    /// <summary>The signals of one value: what node value - 1 computes, or the input of the graph for 0.</summary>
    public IReadOnlyList<SignalReport> Of(GraphPart graph, int value) => [.. _signals
        .Where(pair => pair.Key.Graph == graph && pair.Key.Value == value)
        .OrderBy(pair => pair.Key.Kind == Signal.Output).ThenBy(pair => pair.Key.Gate).ThenBy(pair => pair.Key.Kind)
        .Select(pair => pair.Value.Report(pair.Key))];

    /// <summary>Runs both.</summary>
    public static SignalComparison Run(QuantizedGraph graph, Model model, ReportInput input, int steps)
    {
        SignalComparison comparison = new(model);
        ReferenceRun reference = new(graph.Source, comparison._reference);
        Session session = new(model) { Observer = comparison };
        float[] answer = new float[model.OutputSize];
        double[] standardised = new double[model.InputSize];
        foreach (float[]? row in input.Rows(steps))
        {
            if (row == null)
            {
                reference.Reset();
                session.Reset();
                continue;
            }
            comparison.Steps++;
            comparison._reference.NextStep();
            double[]? expected = reference.Step(row);
            int status = session.Step(row, 0, answer, 0);
            input.Standardise(row, standardised);
            comparison.CompareInput(standardised);
            if (expected != null && (status & StepStatus.OutputReady) != 0) comparison.CompareAnswer(expected, answer);
        }
        return comparison;
    }

    public override void Stepped(LayerGraph graph, int layer, SessionMemory session)
    {
        GraphPart part = graph == _model.Main ? GraphPart.Main : GraphPart.Decoder;
        Layer stepped = graph.LayerAt(layer);
        int bits = graph.ValueBits(layer + 1);
        Compare(new SignalId(part, layer + 1), session.Ints.AsSpan(stepped.OutputOffset, stepped.OutputSize), bits, 15 - bits);
        foreach (LayerSignal place in PlacesOf(stepped))
        {
            if (IdOf(place.Part) is not { } id) continue;
            int integerBits = 31 - int.LeadingZeroCount(place.Largest) + (place.Largest == int.MaxValue ? 1 : 0);
            ReadOnlySpan<int> values = session.Ints.AsSpan(place.Offset, place.Count);
            Compare(id with { Graph = part, Value = layer + 1 }, values, place.FractionBits, integerBits - place.FractionBits);
            if (id.Kind == Signal.GateValue)
                NotePreActivation(new SignalId(part, layer + 1, Signal.PreActivation, id.Gate), place.Count);
        }
    }

    private IReadOnlyList<LayerSignal> PlacesOf(Layer layer)
    {
        if (!_places.TryGetValue(layer, out IReadOnlyList<LayerSignal>? places))
            _places[layer] = places = layer is QuantizedLayer quantized ? quantized.Signals : [];
        return places;
    }

    // The signal of a part, its layer left open. The wide state of a GRU is seen through its output.
    private static SignalId? IdOf(LayerPart part) => part switch
    {
        LayerPart.WideState => null,
        LayerPart.CellState => new SignalId(default, 0, Signal.CellState),
        LayerPart.UpdateGate => new SignalId(default, 0, Signal.GateValue, Gate.UpdateGate),
        LayerPart.ResetGate => new SignalId(default, 0, Signal.GateValue, Gate.ResetGate),
        LayerPart.Candidate => new SignalId(default, 0, Signal.GateValue, Gate.Candidate),
        LayerPart.InputGate => new SignalId(default, 0, Signal.GateValue, Gate.InputGate),
        LayerPart.ForgetGate => new SignalId(default, 0, Signal.GateValue, Gate.ForgetGate),
        _ => new SignalId(default, 0, Signal.GateValue, Gate.OutputGate),
    };

    // limitExponent: the format holds magnitudes up to 2^limitExponent.
    private void Compare(SignalId signal, ReadOnlySpan<int> found, int fractionBits, int limitExponent)
    {
        ReadOnlySpan<double> expected = _reference.Take(signal, found.Length);
        if (expected.IsEmpty) return;
        SignalError error = ErrorOf(signal, fractionBits, Math.ScaleB(1, limitExponent));
        double step = Math.ScaleB(1, -fractionBits);
        for (int i = 0; i < found.Length; i++) error.Add(expected[i], found[i] * step);
    }

    // The integer pre-activation has become the gate by now; the reference still tells whether it fitted.
    private void NotePreActivation(SignalId signal, int count)
    {
        SignalError error = ErrorOf(signal, null, LargestPreActivation);
        foreach (double value in _reference.Take(signal, count)) error.Add(value, value);
    }

    private void CompareInput(double[] values)
    {
        int bits = _model.InputFractionBits;
        SignalError error = ErrorOf(new SignalId(GraphPart.Main, 0), bits, Math.ScaleB(1, 15 - bits));
        foreach (double value in values) error.Add(value, Math.ScaleB(InputRounding.Round(value, bits), -bits));
    }

    private void CompareAnswer(double[] expected, float[] found)
    {
        for (int i = 0; i < found.Length; i++)
        {
            _outputs[i % _outputs.Length].Add(expected[i], found[i]);
            _answer.Add(expected[i], found[i]);
        }
    }

    private SignalError ErrorOf(SignalId signal, int? fractionBits, double limit)
    {
        if (!_signals.TryGetValue(signal, out SignalError? error))
            _signals[signal] = error = new SignalError(fractionBits, limit);
        return error;
    }
}
