using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Containers;

namespace EdgeRnn.Converter.Import.StateDict;

/// <summary>
/// Imports a PyTorch state_dict (.pt, .pth, .safetensors, or JSON with PyTorch's names) whose architecture follows from names
/// and shapes: recurrent, linear, embedding and convolution layers, one after another. What the tensors do not say is assumed
/// and written to <see cref="RecurrentGraph.Notes"/>; an ARCH.json can say otherwise.
/// </summary>
public static class StateDictImporter
{
    /// <summary>Keys under which JSON files keep the tensors beside other things.</summary>
    private static readonly string[] _weightKeys = ["weights.", "state_dict.", "model_state_dict."];

    /// <summary>Reads a file.</summary>
    /// <param name="path">A container of named tensors.</param>
    /// <param name="options">Nothing in it applies here; an ARCH.json is read by another importer.</param>
    /// <exception cref="ConversionException">The file cannot be read, or names and shapes do not give one
    /// architecture.</exception>
    public static RecurrentGraph Import(string path, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Import(TensorContainer.Read(path));
    }

    internal static RecurrentGraph Import(NamedTensors tensors)
    {
        string where = SourceText.Show(tensors.Source);
        try
        {
            return Infer(tensors, where);
        }
        catch (ConversionException error) when (!error.Message.StartsWith(where, StringComparison.Ordinal))
        {
            throw new ConversionException($"{where}: {error.Message}", error);
        }
    }

    private static RecurrentGraph Infer(NamedTensors tensors, string where)
    {
        string prefix = _weightKeys.FirstOrDefault(key => tensors.Names.Any(name => name.StartsWith(key, StringComparison.Ordinal))) ?? "";
        List<string> names = [.. tensors.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        List<InferredModule> found = ReadModules(tensors, names, prefix, where);
        IReadOnlyList<InferredModule> modules = ModuleOrder.Find(found, tensors.KeepsModelOrder, where, out string? orderNote);
        List<InferredLayer> layers = [.. modules.SelectMany(module => module.Layers)];
        RecurrentGraph graph = new()
        {
            Name = Path.GetFileNameWithoutExtension(tensors.Source),
            Main = Chain(layers),
            Preprocessing = prefix.Length == 0 ? null : StatePreprocessing.TryRead(tensors, layers[0].InputSize, where),
        };
        graph.Metadata["source"] = "PyTorch state_dict";
        foreach (string note in tensors.Notes) graph.Notes.Add(note);
        foreach (InferredLayer layer in layers) graph.Notes.Add($"{layer.Name}: {layer.Description}");
        if (orderNote != null) graph.Notes.Add(orderNote);
        AddAssumptions(graph, layers);
        AddPreprocessingNotes(graph, tensors, names);
        return graph;
    }

    private static List<InferredModule> ReadModules(NamedTensors tensors, List<string> names, string prefix, string where)
    {
        // torch.nn.DataParallel puts all modules below one called module.
        string shared = prefix + "module.";
        if (!names.TrueForAll(name => name.StartsWith(shared, StringComparison.Ordinal))) shared = prefix;
        List<InferredModule> modules = [];
        List<string> unused = [];
        foreach (ParameterGroup group in ParameterGroup.Split(tensors, names, shared))
        {
            InferredModule? module = RecurrentModules.TryRead(group) ?? FeedForwardModules.TryRead(group);
            if (module != null) modules.Add(module);
            unused.AddRange(group.Remaining);
        }
        if (unused.Count > 0)
        {
            throw new ConversionException($"{where}: tensors that belong to no layer the names of PyTorch describe: " +
                $"{SourceText.List(unused)}; describe the model in ARCH.json (--arch), or save only the layers that run");
        }
        if (modules.Count == 0) throw new ConversionException($"{where}: no layer; describe the model in ARCH.json (--arch)");
        return modules;
    }

    private static Subgraph Chain(List<InferredLayer> layers)
    {
        List<GraphNode> nodes = [];
        Segment value = new(0, 0, layers[0].InputSize);
        foreach (InferredLayer layer in layers)
        {
            nodes.Add(layer.Build([value]));
            value = new Segment(nodes.Count, 0, layer.OutputSize);
        }
        return new Subgraph { InputSize = layers[0].InputSize, Nodes = nodes, Outputs = [value] };
    }

    private static void AddAssumptions(RecurrentGraph graph, List<InferredLayer> layers)
    {
        const string remedy = "ARCH.json (--arch) can say otherwise";
        foreach (InferredLayer layer in layers)
        {
            if (layer.Assumption != null) graph.Notes.Add($"{layer.Assumption}; {remedy}.");
        }
        List<string> plain = [.. layers.Where(layer => layer.Rank is LayerRank.Linear or LayerRank.Convolution).Select(layer => layer.Name)];
        if (plain.Count > 0)
            graph.Notes.Add($"No activation is assumed behind {SourceText.List(plain)}; a state_dict stores none; {remedy}.");
        foreach ((InferredLayer first, InferredLayer second) in layers.Zip(layers.Skip(1)))
        {
            if (!NaturalOrder.LeavesGap(first.Name, second.Name)) continue;
            graph.Notes.Add($"Between {first.Name} and {second.Name} numbers are missing, as an activation in nn.Sequential leaves them; " +
                $"{remedy}.");
        }
    }

    private static void AddPreprocessingNotes(RecurrentGraph graph, NamedTensors tensors, List<string> names)
    {
        List<string> ignored = [.. tensors.Names.Except(names)];
        if (graph.Preprocessing is { } preprocessing)
        {
            ignored.RemoveAll(name => name is "mean" or "std");
            string clip = preprocessing.Clip > 0 ? FormattableString.Invariant($", clipped to +-{preprocessing.Clip}") : "";
            graph.Notes.Add($"The input is standardised with mean and std found beside the weights{clip}.");
        }
        if (ignored.Count > 0) graph.Notes.Add($"Ignored beside the weights: {SourceText.List(ignored)}.");
    }
}
