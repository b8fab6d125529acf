using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Converter.Quantize.Rounding;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>Float graph to integers: the step between import and the file.</summary>
public static class Quantizer
{
    /// <summary>Brings a graph into the form whose signals are measured: the ranges given to Quantize are of this
    /// graph.</summary>
    /// <param name="graph">From an importer; not changed.</param>
    public static RecurrentGraph Prepare(RecurrentGraph graph) => FormatAlignment.Insert(graph);

    /// <summary>Rounds weights and biases and chooses formats.</summary>
    /// <param name="prepared">From <see cref="Prepare"/>; not changed.</param>
    /// <param name="ranges">Ranges of its signals, measured or bounded.</param>
    /// <param name="settings">Schemes of the layers.</param>
    /// <param name="inputs">What the weights multiplied during the calibration; null rounds each weight to the nearest
    /// integer.</param>
    /// <exception cref="ConversionException">A layer has no integer form, or a name in the settings is no layer's.</exception>
    public static QuantizedGraph Quantize(RecurrentGraph prepared, ValueRanges ranges, QuantizationSettings settings,
        InputStatistics? inputs = null)
    {
        RequireNames(prepared, settings);
        RequireLinksInIntegers(prepared, settings);
        int? handedBits = prepared.Decoder == null ? null : InputBits(prepared.Decoder, GraphPart.Decoder, ranges);
        bool handsOver = prepared.Window is { DecoderInput.Count: > 0 };
        QuantizedSubgraph main = QuantizePart(prepared.Main, GraphPart.Main, ranges, settings, inputs,
            handsOver ? handedBits : null);
        bool feedsBack = prepared.Window?.Feedback == DecoderFeedback.Autoregressive;
        QuantizedSubgraph? decoder = prepared.Decoder == null ? null
            : QuantizePart(prepared.Decoder, GraphPart.Decoder, ranges, settings, inputs, feedsBack ? handedBits : null);
        if (decoder != null) RequireLinksOfOneFormat(prepared, main, decoder);
        return new QuantizedGraph(prepared, main, decoder);
    }

    // lastBits: the format of the last layer, which only moves values into the decoder's input.
    private static QuantizedSubgraph QuantizePart(Subgraph graph, GraphPart part, ValueRanges ranges,
        QuantizationSettings settings, InputStatistics? inputs, int? lastBits)
    {
        int inputBits = InputBits(graph, part, ranges);
        NodeQuantizer quantizer = new(part, ranges, settings, inputs, inputBits);
        List<QuantizedNode> nodes = [];
        foreach (GraphNode node in graph.Nodes)
            nodes.Add(quantizer.Quantize(node, nodes.Count == graph.Nodes.Count - 1 ? lastBits : null));
        return new QuantizedSubgraph(inputBits, nodes);
    }

    // An input that does nothing but name rows of tables is a whole number.
    private static int InputBits(Subgraph graph, GraphPart part, ValueRanges ranges)
    {
        GraphNode[] readers = [.. graph.Nodes.Where(node => node.Inputs.Any(segment => segment.Value == 0))];
        bool isIndex = readers.Length > 0 && readers.All(node => node is EmbeddingNode) && graph.Outputs.All(segment => segment.Value != 0);
        return isIndex ? 0 : ranges.Of(part, 0).FractionBits;
    }

    private static void RequireNames(RecurrentGraph graph, QuantizationSettings settings)
    {
        List<string> names = [.. graph.Main.Nodes.Concat(graph.Decoder?.Nodes ?? []).Select(node => node.Name)];
        foreach (string name in settings.Layers.Keys)
        {
            if (!names.Contains(name))
                throw new ConversionException($"--layer {name}: the model has no layer of that name, it has {string.Join(", ", names)}; use one of these");
        }
    }

    // A state is handed from encoder to decoder as it is.
    private static void RequireLinksInIntegers(RecurrentGraph graph, QuantizationSettings settings)
    {
        foreach (StateLink link in graph.Window?.StateLinks ?? [])
        {
            foreach (GraphNode node in new[] { graph.Main.Nodes[link.MainNode], graph.Decoder!.Nodes[link.DecoderNode] })
            {
                if (settings.Of(node.Name) == Scheme.F32)
                {
                    throw new ConversionException($"{node.Name}: its state is handed from encoder to decoder, it cannot be the float layer " +
                        $"of an integer model; use --layer \"{node.Name}\"=w16a16");
                }
            }
        }
    }

    // Bits are copied: a cell of 32 bits is no hidden state of 16, and two hidden states need one format.
    private static void RequireLinksOfOneFormat(RecurrentGraph graph, QuantizedSubgraph main, QuantizedSubgraph decoder)
    {
        foreach (StateLink link in graph.Window!.StateLinks)
        {
            QuantizedNode source = main.Nodes[link.MainNode], target = decoder.Nodes[link.DecoderNode];
            bool isCell = link.MainPart == StatePart.Cell;
            bool fits = isCell == (link.DecoderPart == StatePart.Cell) && source.Source is GruNode == target.Source is GruNode &&
                (isCell || source.OutputBits == target.OutputBits);
            if (fits) continue;
            throw new ConversionException($"{source.Source.Name}: its state is handed to {target.Source.Name}, whose state has another form in " +
                "integers; keep the model in float: --scheme f32");
        }
    }
}
