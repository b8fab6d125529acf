using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Slice: ranges along axes, given as attributes before operator set 10 and as inputs since.</summary>
internal static class SliceOperator
{
    public static OnnxValue Slice(NodeCall call)
    {
        OnnxValue value = call.Required(0, "data");
        bool byInput = call.Opset >= 10;
        SymbolicInt[] starts = (byInput ? call.Integers(1, "starts") : Attribute(call, "starts")) ?? throw call.Refuse("starts are missing");
        SymbolicInt[] ends = (byInput ? call.Integers(2, "ends") : Attribute(call, "ends")) ?? throw call.Refuse("ends are missing");
        long[] axes = (byInput ? call.Numbers(3, "axes") : call.Node.Ints("axes")) ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        long[] steps = (byInput ? call.Numbers(4, "steps") : null) ?? [.. axes.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw call.Refuse($"{starts.Length} starts, {ends.Length} ends, {axes.Length} axes and {steps.Length} steps do not belong together");
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = call.Axis(axes[i], value.Rank);
            value = value is StreamValue stream && stream.Roles[axis] != AxisRole.Feature
                ? AlongStream(call, stream, axis, starts[i], ends[i], steps[i])
                : AlongFeatures(call, value, axis, starts[i], ends[i], steps[i]);
        }
        return value;
    }

    private static SymbolicInt[]? Attribute(NodeCall call, string name) => call.Node.Ints(name) is { } values
        ? Array.ConvertAll(values, value => (SymbolicInt)value) : null;

    private static StreamValue AlongStream(NodeCall call, StreamValue stream, int axis, SymbolicInt start, SymbolicInt end, long step)
    {
        if (step < 0) throw call.Refuse("reverses the sequence, which needs the whole of it; only forward layers can run step by step");
        if (step != 1) throw call.Refuse($"takes every {step}th step of the sequence; use a convolution with a stride");
        return TimeSlices.Take(call, stream, axis, start, end, toTheEnd: false);
    }

    private static OnnxValue AlongFeatures(NodeCall call, OnnxValue value, int axis, SymbolicInt start, SymbolicInt end, long step)
    {
        int size = value.Shape[axis];
        if (!start.IsNumber) throw call.Refuse($"starts at {start}, which depends on the length of the input");
        // A slice up to the number of steps of an axis that is not time can only mean all of it.
        long stop = end.IsNumber ? end.Offset : long.MaxValue;
        if (step == 0) throw call.Refuse("a step of 0");
        List<int> picks = [];
        if (step > 0)
        {
            long last = Clamp(stop, size, 0, size);
            for (long i = Clamp(start.Offset, size, 0, size); i < last; i += Math.Min(step, size)) picks.Add((int)i);
        }
        else
        {
            long last = stop < -size ? -1 : Clamp(stop, size, -1, size - 1);
            for (long i = Clamp(start.Offset, size, 0, size - 1); i > last; i += Math.Max(step, -size)) picks.Add((int)i);
        }
        if (picks.Count == size && step == 1) return value;
        return call.Pick(value, [.. value.Shape.Select((length, i) => i == axis ? [.. picks] : NodeCall.All(length))]);
    }

    private static long Clamp(long index, int size, long lowest, long highest) =>
        Math.Clamp(index < 0 ? index + size : index, lowest, Math.Max(lowest, highest));
}
