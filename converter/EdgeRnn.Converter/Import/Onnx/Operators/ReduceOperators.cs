using System;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Sums, means and products along axes.</summary>
internal static class ReduceOperators
{
    public static OnnxValue Mean(NodeCall call) => OverFeatures(call, Axes(call, axesAreInputFrom: 18), mean: true);

    public static OnnxValue Sum(NodeCall call) => OverFeatures(call, Axes(call, axesAreInputFrom: 13), mean: false);

    /// <summary>The product of sizes; the stream has no such layer.</summary>
    public static OnnxValue Product(NodeCall call)
    {
        bool keep = call.Node.Int("keepdims", 1) != 0;
        Axes(call, axesAreInputFrom: 18);
        if (call.Required(0, "data") is not IntConstant { Rank: <= 1 } sizes)
            throw call.Refuse("multiplies features with each other, for which there is no layer");
        SymbolicInt product = 1;
        foreach (SymbolicInt size in sizes.Data)
            product = product.Times(size) ?? throw call.Refuse($"computes a size from {product} and {size} in a way that is not supported");
        return new IntConstant([product], keep && sizes.Rank == 1 ? [1] : []);
    }

    private static long[]? Axes(NodeCall call, int axesAreInputFrom) =>
        call.Opset < axesAreInputFrom ? call.Node.Ints("axes") : call.Numbers(1, "axes");

    // A sum of features is a dense layer with equal weights.
    private static OnnxValue OverFeatures(NodeCall call, long[]? given, bool mean)
    {
        bool keep = call.Node.Int("keepdims", 1) != 0;
        bool nothing = call.Node.Int("noop_with_empty_axes", 0) != 0;
        StreamValue x = call.Stream(0);
        if (nothing && given is null or { Length: 0 }) return x;
        int[] axes = given is { Length: > 0 } ? call.Axes(given, x.Rank) : [.. Enumerable.Range(0, x.Rank)];
        if (axes.Any(axis => x.Roles[axis] == AxisRole.Time)) x = TimeUnfolding.Apply(call, x);
        AxisRules.RequireUnpadded(call, x);
        var groups = FeatureGroups.Along(call, x, axes);
        float[] weights = new float[groups[0].Length];
        Array.Fill(weights, mean ? 1f / weights.Length : 1f);
        Tensor row = new(weights, 1, weights.Length);
        StreamElement[] result = [.. groups.SelectMany(group =>
            DenseLayers.Add(call, [.. group.Select(index => x.Elements[index])], row, null, x.Timing.Window))];
        int[] shape = [.. x.Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        StreamValue kept = new(result, shape, x.Roles, x.Timing with { FinalState = false });
        return keep ? kept : RearrangingOperators.Without(kept, axes);
    }
}
