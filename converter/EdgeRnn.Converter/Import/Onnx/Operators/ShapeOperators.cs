using System;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>The sizes of tensors, with the number of steps and the batch size as unknowns.</summary>
internal static class ShapeOperators
{
    public static OnnxValue Shape(NodeCall call)
    {
        SymbolicInt[] sizes = Of(call.Required(0, "data"));
        long start = call.Node.Int("start", 0), end = call.Node.Int("end", sizes.Length);
        int first = Clamp(start, sizes.Length), last = Math.Max(first, Clamp(end, sizes.Length));
        return new IntConstant(sizes[first..last], last - first);
    }

    public static OnnxValue Size(NodeCall call)
    {
        SymbolicInt product = 1;
        foreach (SymbolicInt size in Of(call.Required(0, "data")))
            product = product.Times(size) ?? throw call.Refuse($"computes a size from {product} and {size} in a way that is not supported");
        return new IntConstant([product]);
    }

    private static SymbolicInt[] Of(OnnxValue value) => value is StreamValue stream
        ? [.. stream.Shape.Select((size, axis) => Of(stream.Roles[axis], size))]
        : [.. value.Shape.Select(size => (SymbolicInt)size)];

    private static SymbolicInt Of(AxisRole role, int size) => role switch
    {
        AxisRole.Feature => size,
        AxisRole.Time => SymbolicInt.Steps,
        AxisRole.Batch => SymbolicInt.Batch,
        _ => new SymbolicInt(1, 1, 1, 0),
    };

    private static int Clamp(long index, int length) => (int)Math.Clamp(index < 0 ? index + length : index, 0, length);
}
