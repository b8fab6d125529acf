using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>
/// Adds linear layers where values that may differ in format have to share one: before layers that do not multiply each piece by
/// weights of its own, and where values are handed or fed back to a decoder.
/// </summary>
internal static class FormatAlignment
{
    /// <summary>The graph with those layers; the same graph where none is needed. The notes and metadata are shared.</summary>
    public static RecurrentGraph Insert(RecurrentGraph graph)
    {
        WindowPlan? window = graph.Window;
        (List<GraphNode> nodes, List<Segment> outputs, int[] places) = Rebuild(graph.Main);
        if (window != null && window.DecoderInput.Count > 0)
        {
            IReadOnlyList<Segment> handed = Move(window.DecoderInput, places);
            nodes.Add(new ActivationNode("decoder input", handed, Activation.Linear));
            window = window with { DecoderInput = [new Segment(nodes.Count, 0, Segment.TotalLength(handed))] };
        }
        Subgraph main = new() { InputSize = graph.Main.InputSize, Nodes = nodes, Outputs = outputs };
        Subgraph? decoder = null;
        int[] decoderPlaces = [];
        if (graph.Decoder != null)
        {
            (List<GraphNode> decoderNodes, List<Segment> decoderOutputs, decoderPlaces) = Rebuild(graph.Decoder);
            if (window!.Feedback == DecoderFeedback.Autoregressive)
            {
                decoderNodes.Add(new ActivationNode("feedback", decoderOutputs, Activation.Linear));
                decoderOutputs = [new Segment(decoderNodes.Count, 0, graph.Decoder.OutputSize)];
            }
            decoder = new Subgraph { InputSize = graph.Decoder.InputSize, Nodes = decoderNodes, Outputs = decoderOutputs };
        }
        if (window != null) window = window with { StateLinks = [.. window.StateLinks.Select(link => Move(link, places, decoderPlaces))] };
        RecurrentGraph aligned = new()
        {
            Name = graph.Name,
            Main = main,
            Decoder = decoder,
            Window = window,
            Preprocessing = graph.Preprocessing,
            BatchAxis = graph.BatchAxis,
            BatchSize = graph.BatchSize,
        };
        foreach ((string key, string value) in graph.Metadata) aligned.Metadata[key] = value;
        foreach (string note in graph.Notes) aligned.Notes.Add(note);
        return aligned;
    }

    // places[v] is the number that value v has in the new list of nodes.
    private static (List<GraphNode> Nodes, List<Segment> Outputs, int[] Places) Rebuild(Subgraph graph)
    {
        List<GraphNode> nodes = [];
        int[] places = new int[graph.Nodes.Count + 1];
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            GraphNode node = graph.Nodes[i];
            IReadOnlyList<Segment> inputs = Move(node.Inputs, places);
            if (NeedsOneFormat(node) && inputs.Select(segment => segment.Value).Distinct().Count() > 1)
            {
                nodes.Add(new ActivationNode(node.Name + " inputs", inputs, Activation.Linear));
                inputs = [new Segment(nodes.Count, 0, node.InputSize)];
            }
            nodes.Add(node with { Inputs = inputs });
            places[i + 1] = nodes.Count;
        }
        return (nodes, [.. Move(graph.Outputs, places)], places);
    }

    private static bool NeedsOneFormat(GraphNode node) => node is ConvNode or PairwiseNode or ArgMaxNode or StandardiseNode;

    private static Segment[] Move(IReadOnlyList<Segment> segments, int[] places) =>
        [.. segments.Select(segment => segment with { Value = places[segment.Value] })];

    private static StateLink Move(StateLink link, int[] places, int[] decoderPlaces) =>
        link with { MainNode = places[link.MainNode + 1] - 1, DecoderNode = decoderPlaces[link.DecoderNode + 1] - 1 };
}
