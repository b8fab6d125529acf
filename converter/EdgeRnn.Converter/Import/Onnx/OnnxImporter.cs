using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Onnx.Proto;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>
/// Imports ONNX models, operator sets 7 to 23: recurrent layers with every attribute of the specification, dense layers,
/// convolutions over time, activations, and the operators exporters put around them. See converter/ONNX.md.
/// </summary>
public static class OnnxImporter
{
    private const int MaxLayouts = 64;

    /// <summary>Reads a model.</summary>
    /// <param name="path">Path of the .onnx file.</param>
    /// <param name="options">Bindings of graph inputs to files, and pairs of state inputs and outputs.</param>
    /// <returns>The canonical graph; its notes say what was inferred or left out.</returns>
    /// <exception cref="ConversionException">The file is damaged, or a node cannot run step by step; the message names it.</exception>
    public static RecurrentGraph Import(string path, ImportOptions options)
    {
        ModelProto model = OnnxFile.Read(path, out int opset);
        OnnxGraph graph = OnnxGraph.Prepare(model.Graph, opset, options);
        GraphInput[] data = [.. graph.Inputs.Where(input => graph.Roles[input.Name] == InputRole.Data)];
        if (data.Length == 0) throw new ConversionException($"{Path.GetFileName(path)}: the graph has no data input; export it with the input left open");

        (GraphEvaluator evaluator, IReadOnlyList<OnnxValue?> outputs, AxisRole[][] layout) = Evaluate(graph, data);
        EvaluationContext context = evaluator.Context;
        NoteInputs(graph, data, context);
        RefuseWrittenOutStates(graph, data, outputs);
        ISet<int> states = new StatePairing(graph, context, outputs).Resolve(options.StatePairs);
        IReadOnlyList<Segment> answer = OutputSelection.Select(graph, context, outputs, states);
        RecurrentGraph result = new()
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Window = context.NeedsWindow ? WindowOf(context) : null,
            Main = LayerFolding.Apply(context.Builder.InputSize, context.Builder.Nodes, answer),
            BatchAxis = layout.Any(roles => roles.Length == 3 && roles[0] == AxisRole.Batch) ? 0 : 1,
            BatchSize = (int?)data.Zip(layout, (input, roles) => input.SizeOf(AxisRole.Batch, roles)).FirstOrDefault(size => size != null),
        };
        result.Metadata["source"] = "onnx";
        result.Metadata["opset"] = opset.ToString(CultureInfo.InvariantCulture);
        if (model.ProducerName.Length > 0) result.Metadata["producer"] = SourceText.Show($"{model.ProducerName} {model.ProducerVersion}".Trim());
        foreach (string note in context.Notes) result.Notes.Add(note);
        return result;
    }

    private static WindowPlan WindowOf(EvaluationContext context) => context.Steps is { } steps
        ? new WindowPlan { WindowLength = (int)steps, Hop = (int)steps, Answer = WindowAnswer.LastStep }
        : throw new ConversionException("the model needs all steps at once and their number is open; export it with a fixed number of steps");

    // The file does not say which axes are time and batch, but only one order fits the nodes; the likely ones are tried in turn.
    private static (GraphEvaluator, IReadOnlyList<OnnxValue?>, AxisRole[][]) Evaluate(OnnxGraph graph, GraphInput[] data)
    {
        Exception? best = null;
        int furthest = -1;
        foreach (AxisRole[][] layout in Layouts([.. data.Select(InputLayout.Candidates)]).Take(MaxLayouts))
        {
            GraphEvaluator? evaluator = null;
            try
            {
                evaluator = new GraphEvaluator(graph, data.Select((input, i) => (input.Name, layout[i])).ToDictionary());
                return (evaluator, evaluator.Run(), layout);
            }
            catch (Exception error) when (error is ConversionException or LayoutMismatchException)
            {
                // What no order of axes can mend says more than what one order does not fit.
                int reached = (evaluator?.Position ?? 0) + (error is ConversionException ? graph.Nodes.Count + 1 : 0);
                if (reached <= furthest) continue;
                furthest = reached;
                best = error;
            }
        }
        throw best as ConversionException ?? new ConversionException(best!.Message, best);
    }

    private static IEnumerable<AxisRole[][]> Layouts(IReadOnlyList<AxisRole[]>[] candidates)
    {
        IEnumerable<AxisRole[][]> all = [[]];
        foreach (IReadOnlyList<AxisRole[]> choices in candidates)
            all = all.SelectMany(start => choices.Select(choice => (AxisRole[][])[.. start, choice]));
        return all;
    }

    // A second input of the shape of an output, both of one step, is a state as far as anyone can tell.
    private static void RefuseWrittenOutStates(OnnxGraph graph, GraphInput[] data, IReadOnlyList<OnnxValue?> outputs)
    {
        foreach (GraphInput input in data.Skip(1))
        {
            int[] alike = [.. Enumerable.Range(0, outputs.Count).Where(i => outputs[i] is StreamValue { Timing.Steps: 1, Timing.LastStep: false } output
                && output.Rank == input.Rank && !output.Shape.Where((size, axis) => size != (input.Sizes[axis] ?? 1)).Any())];
            if (alike.Length == 0) continue;
            string output = graph.Outputs[alike.MaxBy(i => StateNames.Likeness(input.Name, graph.Outputs[i]))];
            throw new ConversionException($"input '{SourceText.Show(input.Name)}': output '{SourceText.Show(output)}' has the same shape, so it " +
                "looks like a state, but its layer is written out in single operators; only RNN, LSTM and GRU nodes have states " +
                "(join inputs that are data into one)");
        }
    }

    private static void NoteInputs(OnnxGraph graph, GraphInput[] data, EvaluationContext context)
    {
        foreach (GraphInput input in graph.Inputs.Where(input => graph.Roles[input.Name] == InputRole.Unused))
            context.Note($"input {SourceText.Show(input.Name)} is not used");
        if (data.Length > 1)
            context.Note($"the inputs are joined in this order: {SourceText.List([.. data.Select(input => $"{input.Name} {input.ShapeText}")])}");
    }
}
