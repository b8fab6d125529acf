using System;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Min and Max, of constants or of a value and one number.</summary>
internal static class LimitOperators
{
    public static OnnxValue Evaluate(NodeCall call, bool smaller)
    {
        OnnxValue result = call.Required(0, "first operand");
        for (int i = 1; i < call.Inputs.Count; i++) result = Evaluate(call, result, call.Required(i, "operand"), smaller);
        return result;
    }

    private static OnnxValue Evaluate(NodeCall call, OnnxValue a, OnnxValue b, bool smaller)
    {
        if (a is StreamValue && b is StreamValue) throw call.Refuse("compares two values of the stream, for which there is no layer");
        if (b is StreamValue) (a, b) = (b, a);
        if (a is StreamValue stream)
        {
            if (b is not FloatConstant { IsUniform: true } limit || limit.Rank > stream.Rank)
                throw call.Refuse("the limit must be the same number for all features");
            return ActivationOperators.Apply(call, stream, ActivationOperators.Between(
                smaller ? float.MinValue : limit.Data[0], smaller ? limit.Data[0] : float.MaxValue));
        }
        int[] shape = AxisRules.BroadcastShape(call, a.Shape, b.Shape);
        a = a.Take(shape, AxisRules.BroadcastMap(a.Shape, shape));
        b = b.Take(shape, AxisRules.BroadcastMap(b.Shape, shape));
        return (a, b) switch
        {
            (FloatConstant x, FloatConstant y) =>
                new FloatConstant([.. x.Data.Zip(y.Data, (p, q) => smaller ? Math.Min(p, q) : Math.Max(p, q))], shape),
            (IntConstant { IsNumeric: true } x, IntConstant { IsNumeric: true } y) =>
                new IntConstant([.. x.Data.Zip(y.Data, (p, q) => (SymbolicInt)(smaller ? Math.Min(p.Offset, q.Offset) : Math.Max(p.Offset, q.Offset)))], shape),
            _ => throw call.Refuse("compares sizes that depend on the length of the input, which a stream does not have"),
        };
    }
}
