using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Activation functions as operators of their own.</summary>
internal static class ActivationOperators
{
    // The figures of the ONNX specification of Selu.
    private const float SeluAlpha = 1.67326319217681884765625f;
    private const float SeluGamma = 1.05070102214813232421875f;

    /// <summary>An operator that has the name of an activation of recurrent cells, and its defaults.</summary>
    public static OnnxValue Pointwise(NodeCall call)
    {
        Activation standard = ActivationTable.Default(call.Node.Operator) ?? throw call.Refuse("is not an activation");
        float alpha = call.Node.Float("alpha", standard.Alpha), beta = call.Node.Float("beta", standard.Beta);
        return Apply(call, call.Stream(0), standard with { Alpha = alpha, Beta = beta });
    }

    public static OnnxValue Clip(NodeCall call)
    {
        float lowest = float.MinValue, highest = float.MaxValue;
        if (call.Opset < 11)
        {
            lowest = call.Node.Float("min", lowest);
            highest = call.Node.Float("max", highest);
        }
        else
        {
            lowest = call.OptionalWeights(1, "min")?.Data.FirstOrDefault() ?? lowest;
            highest = call.OptionalWeights(2, "max")?.Data.FirstOrDefault() ?? highest;
        }
        return Apply(call, call.Stream(0), Between(lowest, highest));
    }

    public static OnnxValue Selu(NodeCall call)
    {
        float alpha = call.Node.Float("alpha", SeluAlpha), gamma = call.Node.Float("gamma", SeluGamma);
        StreamValue elu = Apply(call, call.Stream(0), new Activation(ActivationKind.Elu, alpha));
        return Apply(call, elu, new Activation(ActivationKind.Affine, gamma));
    }

    public static OnnxValue HardSwish(NodeCall call)
    {
        StreamValue x = call.Stream(0);
        StreamValue gate = Apply(call, x, new Activation(ActivationKind.HardSigmoid, 1f / 6, 0.5f));
        return ArithmeticOperators.Evaluate(call, x, gate, Arithmetic.Multiply);
    }

    public static OnnxValue Negative(NodeCall call) => call.Required(0, "data") switch
    {
        StreamValue stream => Apply(call, stream, new Activation(ActivationKind.Affine, -1)),
        IntConstant whole => new IntConstant(Array.ConvertAll(whole.Data, value => value.Negative()), whole.Shape),
        _ => ConstantOperators.Map(call, value => -value),
    };

    /// <summary>A leaky relu per run of features with the same slope.</summary>
    public static OnnxValue PRelu(NodeCall call)
    {
        StreamValue x = call.Stream(0);
        FloatConstant slope = call.Weights(1, "slope");
        if (AxisRules.BroadcastShape(call, x.Shape, slope.Shape).Length != x.Rank) throw call.Node.Misfit($"slope {slope.ShapeText} does not fit");
        AxisRules.RequireUnpadded(call, x);
        float[] slopes = ((FloatConstant)slope.Take(x.Shape, AxisRules.BroadcastMap(slope.Shape, x.Shape))).Data;
        List<StreamElement> result = [];
        for (int start = 0, end; start < slopes.Length; start = end)
        {
            for (end = start + 1; end < slopes.Length && slopes[end].Equals(slopes[start]);) end++;
            StreamElement[] run = x.Elements[start..end];
            Activation leaky = new(ActivationKind.LeakyRelu, slopes[start]);
            result.AddRange(call.Context.Builder.Add(call.Node, name => new ActivationNode(name, call.Segments(run), leaky)));
        }
        return x.WithElements([.. result]);
    }

    /// <summary>Softmax over the last features; before operator set 13 over all axes from the given one on.</summary>
    public static OnnxValue Softmax(NodeCall call)
    {
        StreamValue x = call.Stream(0);
        AxisRules.RequireUnpadded(call, x);
        int axis = call.Axis(call.Node.Int("axis", call.Opset < 13 ? 1 : -1), x.Rank);
        int[] axes = call.Opset < 13 ? [.. Enumerable.Range(axis, x.Rank - axis)] : [axis];
        StreamElement[] result = new StreamElement[x.Count];
        foreach (int[] group in FeatureGroups.Along(call, x, axes))
        {
            StreamElement[] read = [.. group.Select(index => x.Elements[index])];
            StreamElement[] made = call.Context.Builder.Add(call.Node,
                name => new ActivationNode(name, call.Segments(read), new Activation(ActivationKind.Softmax)));
            for (int i = 0; i < group.Length; i++) result[group[i]] = made[i];
        }
        return x.WithElements(result);
    }

    /// <summary>Limits to a range; with 0 and infinity it is Relu.</summary>
    public static Activation Between(float lowest, float highest)
    {
        lowest = Math.Clamp(lowest, float.MinValue, float.MaxValue);
        highest = Math.Clamp(highest, float.MinValue, float.MaxValue);
        return lowest == 0 && highest == float.MaxValue ? Activation.Relu : new Activation(ActivationKind.Clip, lowest, highest);
    }

    public static StreamValue Apply(NodeCall call, StreamValue x, Activation activation)
    {
        AxisRules.RequireUnpadded(call, x);
        return x.WithElements(call.Context.Builder.Add(call.Node, name => new ActivationNode(name, call.Segments(x.Elements), activation)));
    }
}
