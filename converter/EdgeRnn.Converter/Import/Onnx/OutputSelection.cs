using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Onnx.Operators;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>Decides which graph outputs become the model's output.</summary>
internal sealed class OutputSelection
{
    private readonly EvaluationContext _context;
    private readonly List<(string Name, StreamValue Value)> _kept = [];

    private OutputSelection(EvaluationContext context) => _context = context;

    /// <summary>The pieces the model answers; what was left out or joined is added to the notes.</summary>
    /// <param name="graph">The source graph.</param>
    /// <param name="context">The evaluation.</param>
    /// <param name="values">Values of the graph's outputs.</param>
    /// <param name="states">Indices of outputs that are states.</param>
    public static IReadOnlyList<Segment> Select(OnnxGraph graph, EvaluationContext context, IReadOnlyList<OnnxValue?> values, ISet<int> states)
    {
        OutputSelection selection = new(context);
        for (int i = 0; i < values.Count; i++)
        {
            // When every output is a state, h is what the model answers.
            bool isAnswer = !states.Contains(i) || (states.Count == values.Count && !HasCellState(values[i]));
            if (isAnswer) selection.Add(graph.Outputs[i], values[i]);
        }
        if (states.Count == values.Count && selection._kept.Count > 0)
            context.Note($"all outputs are states; the model answers {SourceText.List([.. selection._kept.Select(output => output.Name)])}");
        selection.DropFinalStates();
        selection.DropRepetitions();
        return selection.Join();
    }

    private void Add(string name, OnnxValue? value)
    {
        StreamValue stream = value as StreamValue
            ?? throw Refuse(name, value == null ? "it cannot be represented" : "it does not depend on the model's input; remove it from the model");
        if (_context.NeedsWindow && !stream.Timing.LastStep)
            throw Refuse(name, "it has an answer for every step, and another output one per window; export them as two models");
        if (stream.Timing.Padding > 0) throw Refuse(name, "it is padded with steps before the first one");
        if (stream.Timing.LookaheadOf is { } convolution) throw convolution.Refuse(AxisRules.LookaheadReason(stream.Timing.Lookahead));
        _kept.Add((name, stream));
    }

    // Final states are by-products where there is another output; alone, h is the last step of the sequence.
    private void DropFinalStates()
    {
        bool onlyStates = _kept.All(output => output.Value.Timing.FinalState);
        if (onlyStates && _kept.Count > 0 && _kept.All(output => HasCellState(output.Value)))
            throw Refuse(_kept[0].Name, "it is the cell state c of an LSTM, which stays inside its layer; let the model answer h (Y or Y_h)");
        foreach ((string name, StreamValue value) in _kept.ToArray())
        {
            if (!(onlyStates ? HasCellState(value) : value.Timing.FinalState)) continue;
            _kept.Remove((name, value));
            _context.Note($"output {SourceText.Show(name)} is a final state and is left out; the state is kept inside the model");
        }
    }

    private void DropRepetitions()
    {
        foreach ((string name, StreamValue value) in _kept.ToArray())
        {
            int at = _kept.IndexOf((name, value));
            (string Name, StreamValue Value)? same = _kept.Where((other, i) => i != at && value.Elements.SequenceEqual(other.Value.Elements)
                && (i < at || (value.Timing.LastStep && !other.Value.Timing.LastStep))).Cast<(string, StreamValue)?>().FirstOrDefault();
            if (same is not { } kept) continue;
            _kept.RemoveAt(at);
            string what = value.Timing.LastStep && !kept.Value.Timing.LastStep ? "the last step of" : "the same as";
            _context.Note($"output {SourceText.Show(name)} is {what} {SourceText.Show(kept.Name)} and is left out");
        }
    }

    private IReadOnlyList<Segment> Join()
    {
        List<StreamElement> elements = [];
        List<string> columns = [];
        foreach ((string name, StreamValue value) in _kept)
        {
            columns.Add($"{SourceText.Show(name)} in columns {elements.Count} to {elements.Count + value.Count - 1}");
            elements.AddRange(value.Elements);
        }
        if (_kept.Count > 1) _context.Note("the outputs are joined: " + string.Join(", ", columns));
        return _context.Builder.Segments(reason => Refuse(_kept[0].Name, reason), elements);
    }

    private static bool HasCellState(OnnxValue? value) =>
        value is StreamValue stream && stream.Elements.Any(element => element.Kind == ElementKind.CellState);

    private static ConversionException Refuse(string name, string reason) => new($"output '{SourceText.Show(name)}': {reason}");
}
