using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantized;

/// <summary>
/// Every specimen in integers: in each scheme, and with schemes and float layers mixed. A name is that of the float specimen, a comma,
/// and the scheme.
/// </summary>
internal static class QuantizedSpecimens
{
    /// <summary>Schemes and float layers in turn.</summary>
    public const string Mixed = "mixed";

    /// <summary>Schemes in turn, no float layers.</summary>
    public const string MixedIntegers = "mixed integers";

    private const int RangeSteps = 400;
    private const int Seed = 20261123;

    private static readonly Dictionary<string, Scheme> _schemes = new()
    {
        ["w16a16"] = Scheme.W16A16,
        ["w8a16"] = Scheme.W8A16,
        ["w8a8"] = Scheme.W8A8,
        ["w4a16"] = Scheme.W4A16,
    };

    private static readonly Scheme[] _mixture = [Scheme.W8A16, Scheme.F32, Scheme.W16A16, Scheme.W4A16, Scheme.F32, Scheme.W8A8];
    private static readonly Scheme[] _integerMixture = [Scheme.W4A16, Scheme.W8A8, Scheme.W16A16, Scheme.W8A16];

    private static readonly ConcurrentDictionary<string, QuantizedGraph> _made = new();

    /// <summary>All graphs there are to quantize.</summary>
    public static IEnumerable<string> Graphs => Specimens.Names.Select(row => row.Data).Concat(IntegerGraphs.Names);

    /// <summary>All specimens.</summary>
    public static TheoryData<string> Names =>
        [.. Graphs.SelectMany(graph => _schemes.Keys.Append(Mixed).Append(MixedIntegers).Select(scheme => graph + ", " + scheme))];

    /// <summary>Enough of them for what does not depend on the numbers.</summary>
    public static IEnumerable<string> SessionNames => Graphs.SelectMany(graph => new[] { graph + ", w8a16", graph + ", " + Mixed });

    /// <summary>The float graph of a specimen.</summary>
    public static RecurrentGraph Source(string name)
    {
        string graph = name[..name.LastIndexOf(", ", StringComparison.Ordinal)];
        if (IntegerGraphs.Has(graph)) return IntegerGraphs.Make(graph);
        return graph == "gru wide" ? IntegerGraphs.Magnified(Specimens.Graph(graph), IntegerGraphs.Calm) : Specimens.Graph(graph);
    }

    /// <summary>The scheme of a specimen, the last word of its name.</summary>
    public static string SchemeOf(string name) => name[(name.LastIndexOf(", ", StringComparison.Ordinal) + 2)..];

    /// <summary>A specimen; the same numbers at every call.</summary>
    public static QuantizedGraph Make(string name) => _made.GetOrAdd(name, key => Make(Source(key), Source(key), SchemeOf(key)));

    /// <summary>The same with weights so large, and formats so small, that everything saturates.</summary>
    public static QuantizedGraph MakeExtreme(string name) =>
        Make(IntegerGraphs.Magnified(Source(name), 100), Source(name), SchemeOf(name));

    public static byte[] File(string name) => ErnnWriter.Write(Make(name));

    /// <summary>[steps][inputSize] of raw input for a graph.</summary>
    public static float[][] Signal(RecurrentGraph graph, int steps, int seed = Seed)
    {
        float[][] signal = new Tests.Graphs(seed).Signal(steps, graph.Main.InputSize);
        if (graph.Main.InputSize > 1) return signal;
        // One feature may be the number of a word.
        foreach (float[] x in signal) x[0] = MathF.Floor((x[0] + 1) * 2);
        return signal;
    }

    /// <summary>A graph in integers, with the formats that another one of the same layers needs.</summary>
    public static QuantizedGraph Make(RecurrentGraph graph, RecurrentGraph rangesOf, string scheme)
    {
        RecurrentGraph prepared = Quantizer.Prepare(graph), sizes = Quantizer.Prepare(rangesOf);
        ValueRanges ranges = ObservedRanges.Of(sizes, Signal(sizes, RangeSteps));
        return Quantizer.Quantize(prepared, ranges, SettingsFor(prepared, scheme));
    }

    private static QuantizationSettings SettingsFor(RecurrentGraph prepared, string scheme)
    {
        Scheme[] mixture = scheme == Mixed ? _mixture : scheme == MixedIntegers ? _integerMixture : [_schemes[scheme]];
        Dictionary<string, Scheme> layers = [];
        List<GraphNode> nodes = [.. prepared.Main.Nodes, .. prepared.Decoder?.Nodes ?? []];
        for (int i = 0; i < nodes.Count; i++)
        {
            if (nodes[i] is ActivationNode node && !ActivationFormat.IsSupported(node.Activation)) layers[node.Name] = Scheme.F32;
            else layers[nodes[i].Name] = scheme == Mixed && IsLinked(prepared, i) ? Scheme.W16A16 : mixture[i % mixture.Length];
        }
        return new QuantizationSettings { Default = mixture[0], Layers = layers };
    }

    // The state of such a layer is handed over, which float layers cannot.
    private static bool IsLinked(RecurrentGraph graph, int node) => graph.Window != null && graph.Window.StateLinks.Any(link =>
        link.MainNode == node || link.DecoderNode == node - graph.Main.Nodes.Count);
}
