using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.KerasJson;

/// <summary>
/// Imports the JSON that RTNeural's Python tools write from a Keras model: <c>in_shape</c> and a list of <c>layers</c>, each with
/// <c>type</c>, <c>activation</c>, <c>shape</c> and <c>weights</c> in Keras' layout. The layers follow one another.
/// </summary>
public static class KerasJsonImporter
{
    private static readonly Dictionary<string, Func<KerasLayer, IEnumerable<GraphNode>>> _types = new(StringComparer.Ordinal)
    {
        ["dense"] = KerasLayers.Dense,
        ["time-distributed-dense"] = KerasLayers.Dense,
        ["gru"] = KerasRecurrentLayers.Gru,
        ["lstm"] = KerasRecurrentLayers.Lstm,
        ["simple_rnn"] = KerasRecurrentLayers.SimpleRnn,
        ["conv1d"] = KerasLayers.Convolution,
        ["batchnorm"] = KerasLayers.BatchNormalisation,
        ["prelu"] = KerasLayers.ParametricRelu,
        ["activation"] = KerasLayers.ActivationOnly,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the JSON file.</param>
    /// <param name="options">Not used: the file says everything.</param>
    /// <exception cref="ConversionException">
    /// Something is unknown or does not fit; the message names the file and the JSON path.
    /// </exception>
    public static RecurrentGraph Import(string path, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using JsonDocument document = SourceDocument.Read(path);
        SourceObject root = SourceDocument.Root(document, path).AsObject();
        RefuseArchitectureWithoutWeights(root);
        SourceValue inShape = root.Required("in_shape"), layers = root.Required("layers");
        root.Close();

        int inputSize = KerasLayer.ReadShape(inShape)[^1]
            ?? throw inShape.Fail("the last size, the features per step, has to be known");
        List<GraphNode> nodes = [];
        List<string> notes = [];
        Segment reads = new(0, 0, inputSize);
        int?[] shape = KerasLayer.ReadShape(inShape);
        int index = 0;
        foreach (SourceValue value in layers.AsList())
        {
            if (nodes.Count >= ModelLimits.MaxNodes) throw layers.Fail($"expected at most {ModelLimits.MaxNodes} layers");
            KerasLayer layer = KerasLayer.Read(value, index++, _types.Keys, reads, nodes.Count, shape, notes);
            nodes.AddRange(_types[layer.Type](layer));
            layer.Body.Close();
            reads = new Segment(nodes.Count, 0, nodes[^1].OutputSize);
            shape = layer.Shape;
            if (shape[^1] != reads.Length)
            {
                throw layer.Body.Fail($"its shape says {shape[^1]?.ToString() ?? "null"} features, its weights make {reads.Length}; " +
                    KerasLayer.Contradiction);
            }
        }

        RecurrentGraph graph = new()
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Main = new Subgraph { InputSize = inputSize, Nodes = nodes, Outputs = [reads] },
            BatchAxis = 0,
        };
        foreach (string note in notes.Distinct()) graph.Notes.Add(note);
        return graph;
    }

    private static void RefuseArchitectureWithoutWeights(SourceObject root)
    {
        if (root.Optional("class_name") != null && root.Optional("config") != null)
        {
            throw root.Fail("this is a Keras architecture without weights (model.to_json()); save the whole model with " +
                "model.save(\"model.keras\") or \"model.h5\" and convert that");
        }
    }
}
