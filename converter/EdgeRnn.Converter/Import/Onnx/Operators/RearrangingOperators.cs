using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Operators that move axes about, or do nothing at inference.</summary>
internal static class RearrangingOperators
{
    public static OnnxValue Identity(NodeCall call) => call.Required(0, "data");

    public static OnnxValue Dropout(NodeCall call)
    {
        call.Node.Float("ratio", 0.5f);
        call.Node.Int("seed", 0);
        if (call.Optional(2) is IntConstant { Count: 1 } training && training.Data[0] != 0)
            throw call.Refuse("is in training mode; export the model in evaluation mode (model.eval())");
        return call.Required(0, "data");
    }

    public static OnnxValue Cast(NodeCall call)
    {
        call.Node.Int("saturate", 1);
        bool toReal = TensorReader.IsReal((int)call.Node.Int("to", 0), call.Node.Label);
        OnnxValue value = call.Required(0, "data");
        if (value is StreamValue stream && !toReal)
        {
            if (stream.Elements.Any(element => element.Source != 0))
                throw call.Refuse("rounds a computed value to a whole number, for which there is no layer");
            call.Context.Note($"{call.Node.Label}: the input is read as whole numbers");
        }
        return value switch
        {
            FloatConstant real when !toReal =>
                new IntConstant(Array.ConvertAll(real.Data, element => (SymbolicInt)(long)element), real.Shape),
            IntConstant { IsNumeric: true } whole when toReal =>
                new FloatConstant(Array.ConvertAll(whole.Data, element => (float)element.Offset), whole.Shape),
            _ => value,
        };
    }

    public static OnnxValue Transpose(NodeCall call)
    {
        OnnxValue value = call.Required(0, "data");
        int[] permutation = call.Node.Ints("perm") is { } given
            ? [.. given.Select(axis => call.Axis(axis, value.Rank))]
            : [.. Enumerable.Range(0, value.Rank).Reverse()];
        if (permutation.Length != value.Rank || permutation.Distinct().Count() != value.Rank)
            throw call.Node.Misfit($"perm [{string.Join(", ", permutation)}] is not an order of {value.Rank} axes");
        int[] shape = [.. permutation.Select(axis => value.Shape[axis])];
        call.Context.Spend(shape, call.Node, value is FloatConstant);
        OnnxValue moved = value.Take(shape, Sizes.Permute(value.Shape, permutation));
        return moved is StreamValue stream ? stream.WithAxes(shape, [.. permutation.Select(axis => stream.Roles[axis])]) : moved;
    }

    public static OnnxValue Squeeze(NodeCall call)
    {
        OnnxValue value = call.Required(0, "data");
        long[]? given = call.Opset < 13 ? call.Node.Ints("axes") : call.Numbers(1, "axes");
        int[] axes = given != null ? call.Axes(given, value.Rank)
            : [.. Enumerable.Range(0, value.Rank).Where(axis => value.Shape[axis] == 1 && AxisRules.HasSizeOne(value, axis, call.Context))];
        foreach (int axis in axes) AxisRules.RequireRemovable(call, value, axis);
        return Without(value, axes);
    }

    public static OnnxValue Unsqueeze(NodeCall call)
    {
        OnnxValue value = call.Required(0, "data");
        long[] given = (call.Opset < 13 ? call.Node.Ints("axes") : call.Numbers(1, "axes")) ?? throw call.Refuse("axes are missing");
        if (given.Length + value.Rank > ContainerLimits.MaxRank) throw call.Refuse($"makes a tensor with more than {ContainerLimits.MaxRank} axes");
        int[] axes = call.Axes(given, value.Rank + given.Length);
        List<int> shape = [.. value.Shape];
        List<AxisRole> roles = value is StreamValue stream ? [.. stream.Roles] : [];
        foreach (int axis in axes)
        {
            shape.Insert(axis, 1);
            if (value is StreamValue) roles.Insert(axis, AxisRole.Feature);
        }
        return value is StreamValue flowing ? flowing.WithAxes([.. shape], [.. roles]) : value.WithShape([.. shape]);
    }

    /// <summary>The value without axes of size 1.</summary>
    public static OnnxValue Without(OnnxValue value, int[] axes)
    {
        int[] kept = [.. Enumerable.Range(0, value.Rank).Except(axes)];
        int[] shape = [.. kept.Select(axis => value.Shape[axis])];
        return value is StreamValue stream
            ? stream.WithAxes(shape, [.. kept.Select(axis => stream.Roles[axis])])
            : value.WithShape(shape);
    }
}
