using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Picking by index: of constants, of features, of a step, and of table rows (embedding).</summary>
internal static class IndexOperators
{
    public static OnnxValue Gather(NodeCall call)
    {
        OnnxValue data = call.Required(0, "data"), indices = call.Required(1, "indices");
        int axis = call.Axis(call.Node.Int("axis", 0), data.Rank);
        if (indices is StreamValue words)
        {
            if (data is not FloatConstant table || axis != 0 || table.Rank is < 1 or > 2)
                throw call.Refuse("picks by computed indices from something that is not a constant table of rows");
            return Embed(call, words, table);
        }
        if (indices is not IntConstant picks) throw call.Refuse("indices must be whole numbers");
        if (data is StreamValue stream && stream.Roles[axis] != AxisRole.Feature) return PickStep(call, stream, axis, picks);

        int[] wanted = [.. call.Numbers(1, "indices")!.Select(index => Position(call, index, data.Shape[axis]))];
        OnnxValue picked = call.Pick(data, [.. data.Shape.Select((size, i) => i == axis ? wanted : NodeCall.All(size))]);
        int[] shape = [.. data.Shape[..axis], .. picks.Shape, .. data.Shape[(axis + 1)..]];
        if (picked is not StreamValue flowing) return picked.WithShape(shape);
        AxisRole[] roles = [.. flowing.Roles[..axis], .. picks.Shape.Select(_ => AxisRole.Feature), .. flowing.Roles[(axis + 1)..]];
        return flowing.WithAxes(shape, roles);
    }

    public static OnnxValue ArgMax(NodeCall call)
    {
        OnnxNode node = call.Node;
        StreamValue x = call.Stream(0);
        int axis = call.Axis(node.Int("axis", 0), x.Rank);
        bool keep = node.Int("keepdims", 1) != 0;
        if (node.Int("select_last_index", 0) != 0) throw call.Refuse("select_last_index = 1: ties go to the first of the largest");
        AxisRules.RequireUnpadded(call, x);
        StreamElement[] result = [.. FeatureGroups.Along(call, x, [axis]).SelectMany(group => call.Context.Builder.Add(node,
            name => new ArgMaxNode(name, call.Segments([.. group.Select(index => x.Elements[index])]))))];
        int[] shape = (int[])x.Shape.Clone();
        shape[axis] = 1;
        StreamValue kept = new(result, shape, x.Roles, x.Timing with { FinalState = false });
        return keep ? kept : RearrangingOperators.Without(kept, [axis]);
    }

    /// <summary>One row per class; with the product that follows it, an embedding.</summary>
    public static OnnxValue OneHot(NodeCall call)
    {
        StreamValue words = call.Stream(0);
        long[] depth = call.Numbers(1, "depth") ?? throw call.Refuse("depth is missing");
        FloatConstant values = call.Weights(2, "the values");
        long axis = call.Node.Int("axis", -1);
        if (axis != -1 && axis != words.Rank) throw call.Refuse($"axis = {axis}: the classes must be the last axis");
        if (depth.Length != 1 || depth[0] is < 1 or > Runtime.ModelLimits.MaxFeatures || values.Count != 2)
            throw call.Refuse("depth and values are out of range");
        int classes = (int)depth[0];
        call.Context.Spend([classes, classes], call.Node, weights: true);
        float[] table = new float[classes * classes];
        for (int i = 0; i < table.Length; i++) table[i] = values.Data[i / classes == i % classes ? 1 : 0];
        return Embed(call, words, new FloatConstant(table, classes, classes));
    }

    private static StreamValue Embed(NodeCall call, StreamValue words, FloatConstant table)
    {
        AxisRules.RequireUnpadded(call, words);
        Tensor rows = table.ToTensor().Reshape(table.Shape[0], table.Rank == 1 ? 1 : table.Shape[1]);
        List<StreamElement> result = [];
        foreach (int[] word in FeatureGroups.Along(call, words, []))
        {
            result.AddRange(call.Context.Builder.Add(call.Node,
                name => new EmbeddingNode(name, call.Segments([words.Elements[word[0]]]), rows)));
        }
        int[] width = table.Shape[1..];
        return new StreamValue([.. result], [.. words.Shape, .. width], [.. words.Roles, .. width.Select(_ => AxisRole.Feature)],
            words.Timing with { FinalState = false });
    }

    private static OnnxValue PickStep(NodeCall call, StreamValue stream, int axis, IntConstant index)
    {
        if (index.Count != 1) throw call.Refuse($"picks {index.Count} steps; only the last step can be picked from a stream");
        SymbolicInt at = index.Data[0];
        StreamValue one = TimeSlices.Take(call, stream, axis, at, at.Plus(1) ?? at, at == -1);
        return index.Rank == 0 ? RearrangingOperators.Without(one, [axis]) : one;
    }

    private static int Position(NodeCall call, long index, int size)
    {
        long position = index < 0 ? index + size : index;
        return position >= 0 && position < size ? (int)position : throw call.Node.Misfit($"index {index} of {size}");
    }
}
