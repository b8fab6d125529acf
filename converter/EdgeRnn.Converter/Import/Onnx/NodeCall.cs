using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>A node about to be evaluated, with the values of its inputs.</summary>
/// <param name="node">The node.</param>
/// <param name="inputs">One per input; null for those left out.</param>
/// <param name="context">What the evaluation works on.</param>
internal sealed class NodeCall(OnnxNode node, IReadOnlyList<OnnxValue?> inputs, EvaluationContext context)
{
    public OnnxNode Node { get; } = node;

    public IReadOnlyList<OnnxValue?> Inputs { get; } = inputs;

    public EvaluationContext Context { get; } = context;

    public int Opset => Node.Opset;

    public ConversionException Refuse(string reason) => Node.Refuse(reason);

    /// <summary>An input that may be left out.</summary>
    public OnnxValue? Optional(int index) => index < Inputs.Count ? Inputs[index] : null;

    public OnnxValue Required(int index, string what) => Optional(index) ?? throw Refuse($"input {index} ({what}) is missing");

    /// <summary>An input that must be a known tensor of real numbers.</summary>
    public FloatConstant Weights(int index, string what) => Required(index, what) switch
    {
        FloatConstant { Count: 0 } => throw Refuse($"{what} has no elements; export the model again"),
        FloatConstant weights => weights,
        OnnxValue other => throw Refuse($"{what} must be constant and real, here it is {Describe(other)}"),
    };

    public FloatConstant? OptionalWeights(int index, string what) => Optional(index) == null ? null : Weights(index, what);

    /// <summary>An input that must flow through the graph.</summary>
    public StreamValue Stream(int index) => Required(index, "data") as StreamValue
        ?? throw Refuse("it computes with constants only in a way that is not supported; simplify the model (onnxsim) and try again");

    /// <summary>An input of whole numbers that must be known, or null where it is left out.</summary>
    public SymbolicInt[]? Integers(int index, string what) => Optional(index) switch
    {
        null => null,
        IntConstant constant => constant.Data,
        OnnxValue other => throw Refuse($"{what} must be known at conversion, here it is {Describe(other)}"),
    };

    /// <summary>As <see cref="Integers"/>, without the number of steps or the batch size in it.</summary>
    public long[]? Numbers(int index, string what)
    {
        SymbolicInt[]? values = Integers(index, what);
        if (values == null) return null;
        if (values.FirstOrDefault(value => !value.IsNumber) is { IsNumber: false } unknown)
            throw Refuse($"{what} depends on the length of the input ({unknown}), which a stream does not have");
        return Array.ConvertAll(values, value => value.Offset);
    }

    /// <summary>An axis number counted from the front.</summary>
    public int Axis(long axis, int rank)
    {
        long positive = axis < 0 ? axis + rank : axis;
        return positive >= 0 && positive < rank ? (int)positive : throw Node.Misfit($"axis {axis} of a tensor with {rank} axes");
    }

    /// <summary>Distinct axis numbers counted from the front, ascending.</summary>
    public int[] Axes(IEnumerable<long> axes, int rank)
    {
        int[] sorted = [.. axes.Select(axis => Axis(axis, rank)).Distinct().Order()];
        return sorted;
    }

    /// <summary>Elements of a value picked along every axis.</summary>
    public OnnxValue Pick(OnnxValue value, int[][] picks)
    {
        int[] shape = [.. picks.Select(indices => indices.Length)];
        Context.Spend(shape, Node, value is FloatConstant);
        return value.Take(shape, Sizes.Pick(value.Shape, picks));
    }

    /// <summary>All indices of an axis, to pick with.</summary>
    public static int[] All(int size) => [.. Enumerable.Range(0, size)];

    /// <summary>The canonical pieces a layer of this node reads, from elements side by side.</summary>
    public IReadOnlyList<Segment> Segments(IReadOnlyList<StreamElement> elements) => Context.Builder.Segments(Refuse, elements);

    private static string Describe(OnnxValue value) => value switch
    {
        StreamValue => "computed from the model's input",
        IntConstant => "a tensor of whole numbers",
        _ => "a tensor of real numbers",
    };
}
