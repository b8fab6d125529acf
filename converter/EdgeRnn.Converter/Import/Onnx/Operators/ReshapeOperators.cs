using System;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Reshape and Flatten.</summary>
internal static class ReshapeOperators
{
    public static OnnxValue Reshape(NodeCall call)
    {
        OnnxValue value = call.Required(0, "data");
        SymbolicInt[] target = call.Integers(1, "the shape") ?? throw call.Refuse("the shape is missing");
        bool zeroIsZero = call.Node.Int("allowzero", 0) != 0;
        if (target.Length > ContainerLimits.MaxRank) throw call.Refuse($"makes a tensor with more than {ContainerLimits.MaxRank} axes");
        if (zeroIsZero && target.Contains((SymbolicInt)0)) throw call.Refuse("makes a tensor without elements");
        if (value is StreamValue stream) return new StreamReshape(call, stream).To(target);

        long[] sizes = new long[target.Length];
        long known = 1;
        for (int i = 0; i < target.Length; i++)
        {
            sizes[i] = target[i].IsNumber ? target[i].Offset : target[i].Evaluate(1, 1);
            if (sizes[i] == 0) sizes[i] = i < value.Rank ? value.Shape[i] : throw call.Refuse($"size 0 of axis {i} copies an axis that is not there");
            if (sizes[i] != -1) known = checked(known * sizes[i]);
        }
        int open = Array.IndexOf(sizes, -1);
        if (open >= 0) sizes[open] = known == 0 ? 0 : value.Count / known;
        if (sizes.Any(size => size < 0) || sizes.Aggregate(1L, (product, size) => checked(product * size)) != value.Count)
            throw call.Node.Misfit($"reshapes {value.ShapeText} to [{string.Join(", ", target)}]");
        return value.WithShape(Array.ConvertAll(sizes, size => (int)size));
    }

    public static OnnxValue Flatten(NodeCall call)
    {
        OnnxValue value = call.Required(0, "data");
        long axis = call.Node.Int("axis", 1);
        if (axis < 0) axis += value.Rank;
        if (axis < 0 || axis > value.Rank) throw call.Node.Misfit($"axis {axis} of a tensor with {value.Rank} axes");
        if (value is StreamValue stream) return new StreamReshape(call, stream).Flatten((int)axis);
        return value.WithShape([Sizes.Product(value.Shape.AsSpan(0, (int)axis)), Sizes.Product(value.Shape.AsSpan((int)axis))]);
    }
}
