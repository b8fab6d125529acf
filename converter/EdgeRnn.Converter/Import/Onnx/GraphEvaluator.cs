using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>
/// Evaluates the source graph once, node by node, under one assumption about the axes of its data inputs. Every tensor is a
/// constant, whose value is computed, or flows through the graph, in which case layers are added to the canonical graph.
/// </summary>
internal sealed class GraphEvaluator
{
    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, OnnxValue?> _values = [];

    /// <param name="graph">The source graph.</param>
    /// <param name="layouts">For each data input what its axes run over.</param>
    public GraphEvaluator(OnnxGraph graph, IReadOnlyDictionary<string, AxisRole[]> layouts)
    {
        _graph = graph;
        Context = new EvaluationContext(SizeOf(AxisRole.Batch, graph, layouts, missing: 1), SizeOf(AxisRole.Time, graph, layouts, missing: null));
        foreach ((string name, OnnxValue value) in graph.Constants) _values[name] = value;
        for (int i = 0; i < graph.Inputs.Count; i++)
        {
            GraphInput input = graph.Inputs[i];
            _values[input.Name] = graph.Roles[input.Name] switch
            {
                InputRole.Data => Data(input, layouts[input.Name]),
                InputRole.State => State(input, i),
                // Only its presence matters: a stream has no fixed length.
                _ => new IntConstant([SymbolicInt.Steps], 1),
            };
        }
    }

    /// <summary>What the evaluation made.</summary>
    public EvaluationContext Context { get; }

    /// <summary>How many nodes were evaluated.</summary>
    public int Position { get; private set; }

    /// <summary>Evaluates all nodes.</summary>
    /// <returns>The values of the graph's outputs; null for those that cannot be used.</returns>
    /// <exception cref="ConversionException">A node cannot be represented.</exception>
    /// <exception cref="LayoutMismatchException">The assumed axes do not fit.</exception>
    public IReadOnlyList<OnnxValue?> Run()
    {
        Run(_graph.Nodes);
        return Outputs(_graph.Outputs);
    }

    private void Run(IReadOnlyList<OnnxNode> nodes)
    {
        foreach (OnnxNode node in nodes)
        {
            node.Restart();
            OnnxValue?[] outputs = node.Operator == "If" ? EvaluateBranch(node) : Evaluate(node);
            for (int i = 0; i < node.Outputs.Count; i++)
            {
                if (node.Outputs[i].Length == 0) continue;
                // Further outputs are optional by-products (the mask of Dropout).
                if (!_values.TryAdd(node.Outputs[i], i < outputs.Length ? outputs[i] : null))
                    throw node.Refuse($"makes '{SourceText.Show(node.Outputs[i])}', which is a constant or an input already");
            }
            Position++;
        }
    }

    private OnnxValue?[] Outputs(IReadOnlyList<string> names) =>
        [.. names.Select(name => _values.TryGetValue(name, out OnnxValue? value) ? value
            : throw new ConversionException($"output '{SourceText.Show(name)}': no node makes it; export the model again"))];

    // PyTorch writes a conditional where it does not know whether an axis has size 1; here that is known.
    private OnnxValue?[] EvaluateBranch(OnnxNode node)
    {
        if (node.Inputs.Count != 1 || Value(node, node.Inputs[0]) is not IntConstant { Count: 1, IsNumeric: true } condition)
            throw node.Refuse("its condition depends on the input; export the model with a fixed structure");
        string taken = condition.Data[0] != 0 ? "then_branch" : "else_branch";
        OnnxBranch branch = node.Branch(taken) ?? throw node.Refuse($"has no {taken}");
        foreach ((string name, OnnxValue value) in branch.Constants)
        {
            if (!_values.TryAdd(name, value)) throw node.Refuse($"stores '{SourceText.Show(name)}', which the graph has already");
        }
        Run(branch.Nodes);
        return Outputs(branch.Outputs);
    }

    private OnnxValue?[] Evaluate(OnnxNode node)
    {
        OnnxValue?[] inputs = [.. node.Inputs.Select(name => Value(node, name))];
        try
        {
            return Operators.OperatorTable.Evaluate(new NodeCall(node, inputs, Context));
        }
        catch (OverflowException)
        {
            throw node.Refuse("computes a size that is too large for any tensor; export the model again");
        }
        // Operators check what they read; a malformed node they did not foresee must still not be a crash.
        catch (Exception error) when (error is ArgumentException or IndexOutOfRangeException)
        {
            throw new ConversionException($"{node.Label}: its inputs do not fit together; export the model again", error);
        }
    }

    private OnnxValue? Value(OnnxNode node, string name)
    {
        if (name.Length == 0) return null;
        if (!_values.TryGetValue(name, out OnnxValue? value))
            throw node.Refuse($"reads '{SourceText.Show(name)}', which nothing makes before it; export the model again");
        return value ?? throw node.Refuse($"reads '{SourceText.Show(name)}', an output that cannot be represented");
    }

    private StreamValue Data(GraphInput input, AxisRole[] roles)
    {
        int[] shape = [.. roles.Select((role, axis) => role == AxisRole.Feature ? (int)input.Sizes[axis]!.Value : 1)];
        long features = shape.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue));
        if (features > Runtime.ModelLimits.MaxFeatures || Context.Builder.InputSize + features > Runtime.ModelLimits.MaxFeatures)
        {
            throw new LayoutMismatchException($"input '{SourceText.Show(input.Name)}': {features} features per step, at most " +
                $"{Runtime.ModelLimits.MaxFeatures} are supported");
        }
        int first = Context.Builder.AddInput((int)features);
        int time = Array.IndexOf(roles, AxisRole.Time);
        StreamElement[] elements = [.. Enumerable.Range(first, (int)features).Select(offset => new StreamElement(ElementKind.Value, 0, offset))];
        // Without a time axis the graph computes one step.
        return new StreamValue(elements, shape, roles, new Timing(time < 0 ? 1 : input.Sizes[time]));
    }

    private StreamValue State(GraphInput input, int index)
    {
        int batch = input.StateBatchAxis(Context.BatchSize);
        int[] shape = [.. input.Sizes.Select((size, axis) => axis == batch ? 1
            : (int)(size ?? throw new ConversionException($"input '{SourceText.Show(input.Name)}': shape {input.ShapeText} of a state must be " +
                "known except for the batch; export the model with fixed sizes")))];
        AxisRole[] roles = [.. input.Sizes.Select((_, axis) => axis == batch ? AxisRole.Batch : AxisRole.Feature)];
        long count = shape.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue));
        if (count > Runtime.ModelLimits.MaxFeatures)
            throw new ConversionException($"input '{SourceText.Show(input.Name)}': a state of {count} elements, at most " +
                $"{Runtime.ModelLimits.MaxFeatures} are supported");
        Context.StateSizes[index] = (int)count;
        StreamElement[] elements = [.. Enumerable.Range(0, (int)count).Select(offset => new StreamElement(ElementKind.StateInput, index, offset))];
        return new StreamValue(elements, shape, roles, new Timing(1L));
    }

    // What the first input that has such an axis declares for it.
    private static long? SizeOf(AxisRole role, OnnxGraph graph, IReadOnlyDictionary<string, AxisRole[]> layouts, long? missing)
    {
        foreach (GraphInput input in graph.Inputs)
        {
            if (layouts.TryGetValue(input.Name, out AxisRole[]? roles) && roles.Contains(role)) return input.SizeOf(role, roles);
        }
        return missing;
    }
}
