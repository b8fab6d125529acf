using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Comparisons and choices in shape arithmetic, as exporters write them around Expand.</summary>
internal static class LogicOperators
{
    public static OnnxValue Equal(NodeCall call)
    {
        (IntConstant a, IntConstant b) = (Whole(call, 0), Whole(call, 1));
        int[] shape = AxisRules.BroadcastShape(call, a.Shape, b.Shape);
        a = (IntConstant)a.Take(shape, AxisRules.BroadcastMap(a.Shape, shape));
        b = (IntConstant)b.Take(shape, AxisRules.BroadcastMap(b.Shape, shape));
        return new IntConstant([.. a.Data.Zip(b.Data, (x, y) => (SymbolicInt)(IsEqual(call, x, y) ? 1 : 0))], shape);
    }

    public static OnnxValue Not(NodeCall call)
    {
        IntConstant x = Whole(call, 0);
        return new IntConstant([.. x.Data.Select(value => (SymbolicInt)(IsEqual(call, value, 0) ? 1 : 0))], x.Shape);
    }

    public static OnnxValue Where(NodeCall call)
    {
        IntConstant condition = Whole(call, 0);
        OnnxValue a = call.Required(1, "first choice"), b = call.Required(2, "second choice");
        int[] shape = AxisRules.BroadcastShape(call, AxisRules.BroadcastShape(call, condition.Shape, a.Shape), b.Shape);
        SymbolicInt[] choose = ((IntConstant)condition.Take(shape, AxisRules.BroadcastMap(condition.Shape, shape))).Data;
        a = a.Take(shape, AxisRules.BroadcastMap(a.Shape, shape));
        b = b.Take(shape, AxisRules.BroadcastMap(b.Shape, shape));
        return (a, b) switch
        {
            (IntConstant x, IntConstant y) => new IntConstant([.. choose.Select((pick, i) => IsEqual(call, pick, 0) ? y.Data[i] : x.Data[i])], shape),
            (FloatConstant x, FloatConstant y) => new FloatConstant([.. choose.Select((pick, i) => IsEqual(call, pick, 0) ? y.Data[i] : x.Data[i])], shape),
            _ => throw call.Refuse("chooses between values of the stream, for which there is no layer"),
        };
    }

    private static IntConstant Whole(NodeCall call, int index) => call.Required(index, "data") as IntConstant
        ?? throw call.Refuse("compares values of the stream or real numbers, for which there is no layer");

    // The number of steps and the batch size are at least 1, so they differ from every number below.
    private static bool IsEqual(NodeCall call, SymbolicInt a, SymbolicInt b)
    {
        if (a == b) return true;
        if (a.IsNumber && b.IsNumber) return false;
        (SymbolicInt unknown, SymbolicInt number) = a.IsNumber ? (b, a) : (a, b);
        if (number.IsNumber && unknown is { Scale: > 0, Offset: >= 0 } && number.Offset <= 0) return false;
        if (unknown == SymbolicInt.Batch && number.IsNumber && call.Context.BatchSize is { } batch) return number.Offset == batch;
        throw call.Refuse($"compares {a} with {b}: what the model does depends on the length of the input, which a stream does not have");
    }
}
