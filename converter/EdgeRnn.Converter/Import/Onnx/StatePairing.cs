using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>
/// Finds for each state input the output that is its value after the step, by following the data: the output must hold the
/// new states of exactly the layers that start from the input, element by element. Shapes and names only decide between
/// several such outputs.
/// </summary>
internal sealed class StatePairing
{
    private readonly OnnxGraph _graph;
    private readonly EvaluationContext _context;
    private readonly IReadOnlyList<OnnxValue?> _outputs;

    public StatePairing(OnnxGraph graph, EvaluationContext context, IReadOnlyList<OnnxValue?> outputs)
    {
        _graph = graph;
        _context = context;
        _outputs = outputs;
    }

    /// <summary>The indices of the outputs that are states; the pairs are added to the notes.</summary>
    /// <param name="chosen">Pairs the user gives: input to output.</param>
    public ISet<int> Resolve(IReadOnlyDictionary<string, string> chosen)
    {
        HashSet<int> states = [];
        for (int i = 0; i < _graph.Inputs.Count; i++)
        {
            string name = _graph.Inputs[i].Name;
            if (_graph.Roles[name] != InputRole.State) continue;
            StreamElement?[] expected = Expected(i, name);
            int[] candidates = [.. Enumerable.Range(0, _outputs.Count).Where(output => Holds(output, i, expected))];
            int? pair = chosen.TryGetValue(name, out string? wanted) ? Chosen(name, wanted, candidates) : Best(i, expected.Length, candidates);
            if (pair is { } output)
            {
                states.Add(output);
                _context.Note($"state {Show(name)} -> {Show(_graph.Outputs[output])} ({Describe(expected)})");
            }
            else
            {
                _context.Note($"state {Show(name)} starts at zero and stays inside the model ({Describe(expected)}); no output follows it");
            }
        }
        return states;
    }

    // What stands at each place of the input once the step is done; null where nothing starts from it.
    private StreamElement?[] Expected(int input, string name)
    {
        StreamElement?[] expected = new StreamElement?[_context.StateSizes[input]];
        foreach (RecurrentCell cell in _context.Cells)
        {
            Follow(cell, cell.HiddenStart, ElementKind.Value);
            Follow(cell, cell.CellStart, ElementKind.CellState);
        }
        if (expected.All(element => element == null))
            throw new ConversionException($"--state {Show(name)}: no RNN, LSTM or GRU node starts from this input; states can only be theirs");
        return expected;

        void Follow(RecurrentCell cell, StreamElement[]? start, ElementKind kind)
        {
            for (int unit = 0; unit < (start?.Length ?? 0); unit++)
            {
                if (start![unit].Source != input) continue;
                ref StreamElement? place = ref expected[start[unit].Offset];
                if (place != null) throw cell.Node.Refuse($"starts from state input '{Show(name)}' as another layer or state does; give each a state of its own");
                place = new StreamElement(kind, cell.Value, unit);
            }
        }
    }

    private bool Holds(int output, int input, StreamElement?[] expected)
    {
        if (_outputs[output] is not StreamValue value || value.Count != expected.Length) return false;
        for (int place = 0; place < expected.Length; place++)
        {
            StreamElement wanted = expected[place] ?? new StreamElement(ElementKind.StateInput, input, place);
            if (value.Elements[place] != wanted) return false;
        }
        return true;
    }

    private int Chosen(string input, string output, int[] candidates)
    {
        int index = _graph.Outputs.ToList().IndexOf(output);
        if (index < 0) throw new ConversionException($"--state {Show(input)}={Show(output)}: the graph has no such output; it has {SourceText.List([.. _graph.Outputs])}");
        if (candidates.Contains(index)) return index;
        string remedy = candidates.Length == 0 ? "no output is" : $"use {Forms(input, candidates)}";
        throw new ConversionException($"--state {Show(input)}={Show(output)}: '{Show(output)}' is not the new value of the state that starts from '{Show(input)}'; {remedy}");
    }

    private int? Best(int input, int count, int[] candidates)
    {
        GraphInput source = _graph.Inputs[input];
        if (candidates.Length == 0)
        {
            RequireNoLookalike(source, count);
            return null;
        }
        int[] best = Keep(candidates, output => Value(output).Timing.FinalState ? 1 : 0);
        best = Keep(best, output => Value(output).Rank == source.Rank ? 1 : 0);
        best = Keep(best, output => StateNames.Likeness(source.Name, _graph.Outputs[output]));
        if (best.Length == 1) return best[0];
        throw new ConversionException($"input '{Show(source.Name)}': outputs {SourceText.List([.. best.Select(output => _graph.Outputs[output])])} are all the " +
            $"new value of this state; say which one is the state with {Forms(source.Name, best)}");
    }

    // An output of the state's shape that is something else suggests that the source changes the state between two steps.
    private void RequireNoLookalike(GraphInput source, int count)
    {
        for (int output = 0; output < _outputs.Count; output++)
        {
            if (_outputs[output] is StreamValue value && value.Count == count && value.Rank == source.Rank && !value.Timing.FinalState
                && (!value.HasTime || value.Timing.Steps == 1))
            {
                throw new ConversionException($"input '{Show(source.Name)}': no output is the new value of this state; output '{Show(_graph.Outputs[output])}' " +
                    "has its shape but is computed further; let the model hand out Y_h (and Y_c) unchanged");
            }
        }
    }

    private static int[] Keep(int[] outputs, Func<int, int> score)
    {
        int highest = outputs.Max(score);
        return [.. outputs.Where(output => score(output) == highest)];
    }

    private StreamValue Value(int output) => (StreamValue)_outputs[output]!;

    private string Forms(string input, int[] outputs) =>
        string.Join(" or ", outputs.Select(output => $"--state {Show(input)}={Show(_graph.Outputs[output])}"));

    private string Describe(StreamElement?[] expected) => string.Join(", ", expected.OfType<StreamElement>()
        .Select(element => (element.Kind, element.Source)).Distinct()
        .Select(part => $"{(part.Kind == ElementKind.Value ? "h" : "c")} of {_context.Builder.Nodes[part.Source - 1].Name}"));

    private static string Show(string text) => SourceText.Show(text);
}
