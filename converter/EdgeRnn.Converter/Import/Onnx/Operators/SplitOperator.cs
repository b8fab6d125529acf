using System;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Split along a feature axis.</summary>
internal static class SplitOperator
{
    public static OnnxValue?[] Split(NodeCall call)
    {
        OnnxNode node = call.Node;
        OnnxValue value = call.Required(0, "data");
        int axis = call.Axis(node.Int("axis", 0), value.Rank);
        long[]? lengths = call.Opset < 13 ? node.Ints("split") : call.Numbers(1, "split");
        long parts = node.Int("num_outputs", node.Outputs.Count);
        if (parts != node.Outputs.Count) throw call.Refuse($"num_outputs = {parts}, the node has {node.Outputs.Count} outputs");
        int size = value.Shape[axis];
        if (value is StreamValue stream && stream.Roles[axis] != AxisRole.Feature)
        {
            if (node.Outputs.Count == 1) return [value];
            throw call.Refuse($"splits along {stream.Roles[axis]}; of a stream only all steps or the last one can be taken");
        }
        // Equal parts, the last one smaller when they do not fit.
        long each = (size + parts - 1) / parts;
        lengths ??= [.. Enumerable.Range(0, (int)parts).Select(part => Math.Clamp(size - part * each, 0, each))];
        if (lengths.Length != parts || lengths.Any(length => length < 0 || length > size) || lengths.Sum() != size)
            throw node.Misfit($"splits {size} elements into [{string.Join(", ", lengths)}]");

        OnnxValue?[] outputs = new OnnxValue?[parts];
        for (int part = 0, start = 0; part < parts; part++)
        {
            int[] range = [.. Enumerable.Range(start, (int)lengths[part])];
            outputs[part] = call.Pick(value, [.. value.Shape.Select((length, i) => i == axis ? range : NodeCall.All(length))]);
            start += range.Length;
        }
        return outputs;
    }
}
