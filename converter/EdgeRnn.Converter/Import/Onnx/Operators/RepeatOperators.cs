using System;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Expand and Tile.</summary>
internal static class RepeatOperators
{
    public static OnnxValue Expand(NodeCall call)
    {
        OnnxValue value = call.Required(0, "data");
        SymbolicInt[] target = call.Integers(1, "the shape") ?? throw call.Refuse("the shape is missing");
        if (value is StreamValue stream) return ExpandStream(call, stream, target);
        int[] shape = AxisRules.BroadcastShape(call, value.Shape, Physical(call, target));
        return value.Take(shape, AxisRules.BroadcastMap(value.Shape, shape));
    }

    public static OnnxValue Tile(NodeCall call)
    {
        OnnxValue value = call.Required(0, "data");
        SymbolicInt[] repeats = call.Integers(1, "repeats") ?? throw call.Refuse("repeats are missing");
        if (repeats.Length != value.Rank) throw call.Node.Misfit($"{repeats.Length} repeats for {value.Rank} axes");
        if (value is StreamValue stream)
        {
            for (int axis = 0; axis < stream.Rank; axis++)
            {
                if (repeats[axis] == 1) continue;
                if (repeats[axis].TimePower > 0) throw RepeatsOverTime(call);
                if (!repeats[axis].IsNumber || stream.Roles[axis] != AxisRole.Feature) throw call.Refuse("repeats steps or streams, which a stream cannot");
            }
        }
        int[] counts = Physical(call, repeats);
        return call.Pick(value, [.. value.Shape.Select((size, axis) =>
        {
            call.Context.Spend([size, counts[axis]], call.Node, value is FloatConstant);
            return Enumerable.Range(0, size * counts[axis]).Select(index => index % size).ToArray();
        })]);
    }

    /// <summary>Sizes as stored: one step of one stream.</summary>
    public static int[] Physical(NodeCall call, SymbolicInt[] sizes)
    {
        if (sizes.Length > ContainerLimits.MaxRank) throw call.Refuse($"makes a tensor with more than {ContainerLimits.MaxRank} axes");
        return Array.ConvertAll(sizes, size =>
        {
            long physical = size.Evaluate(1, 1);
            return physical is >= 0 and <= int.MaxValue ? (int)physical : throw call.Refuse($"makes an axis of size {size}");
        });
    }

    private static StreamValue ExpandStream(NodeCall call, StreamValue stream, SymbolicInt[] target)
    {
        int added = Math.Max(0, target.Length - stream.Rank), skipped = Math.Max(0, stream.Rank - target.Length);
        int[] shape = [.. Enumerable.Repeat(1, added), .. stream.Shape];
        AxisRole[] roles = [.. Enumerable.Repeat(AxisRole.Feature, added), .. stream.Roles];
        int[] from = (int[])shape.Clone();
        for (int i = 0; i < target.Length; i++)
        {
            int axis = i + skipped;
            SymbolicInt size = target[i];
            if (size == 1 || roles[axis] != AxisRole.Feature || size == from[axis]) continue;
            if (from[axis] != 1) throw call.Node.Misfit($"expands axis {axis} of size {from[axis]} to {size}");
            if (size.TimePower > 0) throw RepeatsOverTime(call);
            if (size == SymbolicInt.Batch) roles[axis] = AxisRole.Batch;
            else shape[axis] = Physical(call, [size])[0];
        }
        call.Context.Spend(shape, call.Node);
        StreamElement[] elements = [.. AxisRules.BroadcastMap(from, shape).Select(index => stream.Elements[index])];
        return new StreamValue(elements, shape, roles, stream.Timing);
    }

    private static ConversionException RepeatsOverTime(NodeCall call) =>
        call.Refuse("repeats one vector over all steps (an encoder-decoder); describe such a model with an ARCH.json (converter/ARCH.md)");
}
