using System;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Operators whose result is known at conversion.</summary>
internal static class ConstantOperators
{
    private const int MaxRange = 1 << 20;

    public static OnnxValue Constant(NodeCall call)
    {
        OnnxNode node = call.Node;
        if (node.Has("value")) return TensorReader.Read(node.Tensor("value") ?? new Proto.TensorProto(), node.Label);
        if (node.Has("value_float")) return new FloatConstant([node.Float("value_float", 0)]);
        if (node.Has("value_int")) return new IntConstant([node.Int("value_int", 0)]);
        if (node.Floats("value_floats") is { } reals) return new FloatConstant(reals, reals.Length);
        if (node.Ints("value_ints") is { } whole) return IntConstant.Vector(whole);
        throw call.Refuse("holds neither numbers nor a tensor of numbers");
    }

    public static OnnxValue ConstantOfShape(NodeCall call)
    {
        int[] shape = RepeatOperators.Physical(call, call.Integers(0, "the shape") ?? throw call.Refuse("the shape is missing"));
        call.Context.Spend(shape, call.Node);
        int count = Sizes.Product(shape);
        OnnxValue fill = call.Node.Tensor("value") is { } tensor ? TensorReader.Read(tensor, call.Node.Label) : new FloatConstant([0], 1);
        if (fill.Count != 1) throw call.Refuse($"its value has {fill.Count} elements, expected 1");
        return fill.Take(shape, new int[count]);
    }

    /// <summary>What PyTorch writes instead of ConstantOfShape before operator set 9.</summary>
    public static OnnxValue ConstantFill(NodeCall call)
    {
        float fill = call.Node.Float("value", 0);
        bool isReal = TensorReader.IsReal((int)call.Node.Int("dtype", 1), call.Node.Label);
        if (!isReal || call.Node.Int("input_as_shape", 0) != 1) throw call.Refuse("only a fill of real numbers with input_as_shape = 1 is supported");
        int[] shape = RepeatOperators.Physical(call, call.Integers(0, "the shape") ?? throw call.Refuse("the shape is missing"));
        call.Context.Spend(shape, call.Node);
        return new FloatConstant([fill], 1).Take(shape, new int[Sizes.Product(shape)]);
    }

    public static OnnxValue Range(NodeCall call)
    {
        long[] parts = [.. Enumerable.Range(0, 3).Select(i => call.Numbers(i, "a bound")?.FirstOrDefault() ?? throw call.Refuse("a bound is missing"))];
        (long start, long limit, long delta) = (parts[0], parts[1], parts[2]);
        if (delta == 0) throw call.Refuse("a step of 0");
        long count = checked((limit - start + delta - Math.Sign(delta)) / delta);
        if (count > MaxRange) throw call.Refuse($"makes {count} numbers, at most {MaxRange} are supported");
        count = Math.Max(0, count);
        return IntConstant.Vector([.. Enumerable.Range(0, (int)count).Select(i => start + i * delta)]);
    }

    /// <summary>A power of constants; of the stream only the square.</summary>
    public static OnnxValue Pow(NodeCall call)
    {
        OnnxValue x = call.Required(0, "base");
        float exponent = call.Required(1, "exponent") switch
        {
            FloatConstant { IsUniform: true } real => real.Data[0],
            IntConstant { IsNumeric: true, Count: 1 } whole => whole.Data[0].Offset,
            _ => throw call.Refuse("the exponent must be one constant number"),
        };
        if (x is FloatConstant constant)
            return new FloatConstant(Array.ConvertAll(constant.Data, value => (float)Math.Pow(value, exponent)), constant.Shape);
        if (x is StreamValue && exponent == 2) return ArithmeticOperators.Evaluate(call, x, x, Arithmetic.Multiply);
        if (x is StreamValue && exponent == 1) return x;
        throw call.Refuse($"raises to the power of {exponent}, for which there is no layer; only squares can be represented");
    }

    /// <summary>A function of a constant.</summary>
    public static OnnxValue Map(NodeCall call, Func<double, double> function) => call.Required(0, "data") is FloatConstant constant
        ? new FloatConstant(Array.ConvertAll(constant.Data, value => (float)function(value)), constant.Shape)
        : throw call.Refuse("there is no such layer; only constants can be computed this way");
}
