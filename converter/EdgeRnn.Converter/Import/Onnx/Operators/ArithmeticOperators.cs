using System;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>The four operations.</summary>
internal enum Arithmetic
{
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// <summary>
/// Add, Sub, Mul and Div with broadcasting: of constants at once, with a constant as a per-feature affine map, of two values
/// of the stream as a pairwise layer.
/// </summary>
internal static class ArithmeticOperators
{
    public static OnnxValue Evaluate(NodeCall call, Arithmetic operation) =>
        Evaluate(call, call.Required(0, "first operand"), call.Required(1, "second operand"), operation);

    /// <summary>Sum of any number of operands.</summary>
    public static OnnxValue Sum(NodeCall call)
    {
        OnnxValue sum = call.Required(0, "first operand");
        for (int i = 1; i < call.Inputs.Count; i++) sum = Evaluate(call, sum, call.Required(i, "operand"), Arithmetic.Add);
        return sum;
    }

    public static OnnxValue Evaluate(NodeCall call, OnnxValue a, OnnxValue b, Arithmetic operation)
    {
        if (a is StreamValue left && b is StreamValue right) return Pair(call, left, right, operation);
        if (a is StreamValue stream) return WithConstant(call, stream, AsReal(call, b), operation, constantFirst: false);
        if (b is StreamValue second) return WithConstant(call, second, AsReal(call, a), operation, constantFirst: true);
        int[] shape = AxisRules.BroadcastShape(call, a.Shape, b.Shape);
        a = a.Take(shape, AxisRules.BroadcastMap(a.Shape, shape));
        b = b.Take(shape, AxisRules.BroadcastMap(b.Shape, shape));
        if (a is IntConstant x && b is IntConstant y)
            return new IntConstant([.. x.Data.Zip(y.Data, (p, q) => Compute(call, p, q, operation))], shape);
        return new FloatConstant([.. AsReal(call, a).Data.Zip(AsReal(call, b).Data, (p, q) => Compute(p, q, operation))], shape);
    }

    /// <summary>Multiplies elements of the stream by -1.</summary>
    public static StreamElement[] Negate(NodeCall call, StreamElement[] elements) => call.Context.Builder.Add(call.Node,
        name => new ActivationNode(name, call.Segments(elements), new Activation(ActivationKind.Affine, -1)));

    private static StreamValue Pair(NodeCall call, StreamValue a, StreamValue b, Arithmetic operation)
    {
        if (operation == Arithmetic.Divide) throw call.Refuse("divides by a value of the stream, for which there is no layer");
        Timing timing = AxisRules.Merge(call, a, b);
        int[] shape = AxisRules.BroadcastShape(call, a.Shape, b.Shape);
        AxisRole[] roles = MergeRoles(call, a, b, shape.Length);
        StreamElement[] second = operation == Arithmetic.Subtract ? Negate(call, b.Elements) : b.Elements;
        StreamElement[] left = [.. AxisRules.BroadcastMap(a.Shape, shape).Select(index => a.Elements[index])];
        StreamElement[] right = [.. AxisRules.BroadcastMap(b.Shape, shape).Select(index => second[index])];
        StreamElement[] result = call.Context.Builder.Add(call.Node,
            name => new PairwiseNode(name, call.Segments([.. left, .. right]), operation == Arithmetic.Multiply));
        return new StreamValue(result, shape, roles, timing);
    }

    private static AxisRole[] MergeRoles(NodeCall call, StreamValue a, StreamValue b, int rank)
    {
        AxisRole[] roles = new AxisRole[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int inA = axis - (rank - a.Rank), inB = axis - (rank - b.Rank);
            AxisRole left = inA < 0 ? AxisRole.Feature : a.Roles[inA], right = inB < 0 ? AxisRole.Feature : b.Roles[inB];
            bool single = left == AxisRole.Feature ? inA < 0 || a.Shape[inA] == 1 : inB < 0 || b.Shape[inB] == 1;
            if (left != right && (!single || (left != AxisRole.Feature && right != AxisRole.Feature)))
                throw call.Node.Misfit($"combines {left} with {right} along axis {axis}");
            roles[axis] = left == AxisRole.Feature ? right : left;
        }
        return roles;
    }

    private static StreamValue WithConstant(NodeCall call, StreamValue stream, FloatConstant constant, Arithmetic operation, bool constantFirst)
    {
        if (operation == Arithmetic.Divide && constantFirst) throw call.Refuse("divides by a value of the stream, for which there is no layer");
        AxisRules.RequireUnpadded(call, stream);
        if (constant.Count == 0) throw call.Refuse("combines tensors without elements; export the model again");
        constant = AlongFeatures(call, stream, constant);
        int[] shape = AxisRules.BroadcastShape(call, stream.Shape, constant.Shape);
        float[] factors = ((FloatConstant)constant.Take(shape, AxisRules.BroadcastMap(constant.Shape, shape))).Data;
        StreamElement[] elements = [.. AxisRules.BroadcastMap(stream.Shape, shape).Select(index => stream.Elements[index])];
        AxisRole[] roles = [.. Enumerable.Repeat(AxisRole.Feature, shape.Length - stream.Rank), .. stream.Roles];
        float neutral = operation is Arithmetic.Add or Arithmetic.Subtract ? 0 : 1;
        bool changes = (operation == Arithmetic.Subtract && constantFirst) || factors.Any(factor => factor != neutral);
        Timing timing = stream.Timing with { FinalState = stream.Timing.FinalState && !changes };
        if (!changes) return new StreamValue(elements, shape, roles, timing);

        (float[] mean, float[] scale) = Affine(call, factors, operation, constantFirst);
        StreamElement[] result = call.Context.Builder.Add(call.Node, name => new StandardiseNode(name, call.Segments(elements),
            new Tensor(mean, mean.Length), new Tensor(scale, scale.Length), Clip: 0));
        return new StreamValue(result, shape, roles, timing);
    }

    // y = (x - mean) * scale.
    private static (float[] Mean, float[] Scale) Affine(NodeCall call, float[] constant, Arithmetic operation, bool constantFirst)
    {
        float[] zeros = new float[constant.Length], ones = new float[constant.Length];
        Array.Fill(ones, 1);
        switch (operation)
        {
            case Arithmetic.Add: return (Array.ConvertAll(constant, value => -value), ones);
            case Arithmetic.Subtract when constantFirst: return (constant, Array.ConvertAll(ones, one => -one));
            case Arithmetic.Subtract: return (constant, ones);
            case Arithmetic.Multiply: return (zeros, constant);
            default:
                if (constant.Contains(0)) throw call.Refuse("divides by zero; a feature with no spread must not be scaled");
                return (zeros, Array.ConvertAll(constant, value => 1 / value));
        }
    }

    // A constant may differ from feature to feature, not from step to step or from stream to stream.
    private static FloatConstant AlongFeatures(NodeCall call, StreamValue stream, FloatConstant constant)
    {
        int[][] picks = [.. constant.Shape.Select(NodeCall.All)];
        for (int axis = 0; axis < constant.Rank; axis++)
        {
            int inStream = axis + stream.Rank - constant.Rank;
            if (constant.Shape[axis] == 1 || inStream < 0 || stream.Roles[inStream] == AxisRole.Feature) continue;
            if (AxisRules.HasSizeOne(stream, inStream, call.Context))
                throw call.Node.Misfit($"a constant {constant.ShapeText} widens axis {inStream}, which is not a feature axis");
            picks[axis] = [0];
        }
        FloatConstant narrow = (FloatConstant)call.Pick(constant, picks);
        float[] widened = ((FloatConstant)narrow.Take(constant.Shape, AxisRules.BroadcastMap(narrow.Shape, constant.Shape))).Data;
        if (widened.AsSpan().SequenceEqual(constant.Data)) return narrow;
        throw call.Node.Misfit($"a constant {constant.ShapeText} differs along time or batch; a stream has the same constants at every step");
    }

    private static FloatConstant AsReal(NodeCall call, OnnxValue value) => value switch
    {
        FloatConstant real => real,
        IntConstant { IsNumeric: true } whole => new FloatConstant(Array.ConvertAll(whole.Data, number => (float)number.Offset), whole.Shape),
        _ => throw call.Refuse("computes with the length of the input, which a stream does not have"),
    };

    private static SymbolicInt Compute(NodeCall call, SymbolicInt a, SymbolicInt b, Arithmetic operation)
    {
        SymbolicInt? result = operation switch
        {
            Arithmetic.Add => a.Plus(b),
            Arithmetic.Subtract => a.Plus(b.Negative()),
            Arithmetic.Multiply => a.Times(b),
            _ => a.DividedBy(b),
        };
        return result ?? throw call.Refuse($"computes a size from {a} and {b} in a way that is not supported");
    }

    private static float Compute(float a, float b, Arithmetic operation) => operation switch
    {
        Arithmetic.Add => a + b,
        Arithmetic.Subtract => a - b,
        Arithmetic.Multiply => a * b,
        _ => a / b,
    };
}
