using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>Bounds of the values of one graph, feature by feature, from those of its input and of its first states.</summary>
internal sealed class GraphBounds
{
    private readonly Interval[][] _values;
    private readonly Interval[][] _cells; // of each node; empty for all but LSTMs

    /// <param name="graph">The layers.</param>
    /// <param name="part">Which graph of the model it is.</param>
    /// <param name="input">[inputSize].</param>
    /// <param name="linked">States that are handed over at the start, by node and whether it is the cell.</param>
    /// <param name="table">Receives the bounds of every signal.</param>
    public GraphBounds(Subgraph graph, GraphPart part, Interval[] input,
        IReadOnlyDictionary<(int Node, bool IsCell), Interval[]> linked, BoundsTable table)
    {
        _values = new Interval[graph.Nodes.Count + 1][];
        _cells = new Interval[graph.Nodes.Count][];
        _values[0] = input;
        table.Set(new SignalId(part, 0), input);
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            GraphNode node = graph.Nodes[i];
            CellBounds cell = new(part, i + 1, Read(node.Inputs), linked.GetValueOrDefault((i, false)),
                linked.GetValueOrDefault((i, true)), table);
            (_values[i + 1], bool intrinsic) = LayerBounds.Of(node, cell);
            _cells[i] = cell.Cell;
            table.Set(new SignalId(part, i + 1), _values[i + 1], intrinsic);
        }
    }

    /// <summary>Bounds of pieces of values, one after another.</summary>
    public Interval[] Read(IEnumerable<Segment> segments) =>
        [.. segments.SelectMany(segment => _values[segment.Value].AsSpan(segment.Offset, segment.Length).ToArray())];

    /// <summary>Bounds of a state of a recurrent layer.</summary>
    public Interval[] State(int node, bool isCell) => isCell ? _cells[node] : _values[node + 1];
}
