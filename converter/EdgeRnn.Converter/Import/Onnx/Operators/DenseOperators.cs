using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Products with constant matrices.</summary>
internal static class DenseOperators
{
    public static OnnxValue MatMul(NodeCall call)
    {
        if (call.Required(0, "A") is not StreamValue x)
            throw call.Required(1, "B") is StreamValue
                ? call.Refuse("multiplies a constant by the stream from the left; write it as stream times transposed constant")
                : call.Refuse("multiplies constants; fold them before export");
        if (call.Required(1, "B") is StreamValue) throw call.Refuse("multiplies two values of the stream (attention), for which there is no layer");
        FloatConstant weights = call.Weights(1, "the matrix");
        if (weights.Rank == 0) throw call.Refuse("multiplies by a single number; Mul does that");
        if (weights.Rank == 1)
            return RearrangingOperators.Without(Multiply(call, x, new FloatConstant(weights.Data, weights.Count, 1), null), [x.Rank - 1]);
        if (weights.Shape[..^2].Any(size => size != 1)) throw call.Refuse($"multiplies by a stack of matrices {weights.ShapeText}; split it");
        return Multiply(call, x, new FloatConstant(weights.Data, weights.Shape[^2..]), null);
    }

    public static OnnxValue Gemm(NodeCall call)
    {
        OnnxNode node = call.Node;
        float alpha = node.Float("alpha", 1), beta = node.Float("beta", 1);
        if (node.Int("transA", 0) != 0) throw call.Refuse("transA = 1: the stream must be [batch, features]");
        bool transposed = node.Int("transB", 0) != 0;
        StreamValue x = call.Stream(0);
        FloatConstant weights = call.Weights(1, "B");
        if (weights.Rank != 2 || x.Rank != 2) throw node.Misfit($"expects matrices, B is {weights.ShapeText} and A has {x.Rank} axes");
        if (transposed) weights = new FloatConstant(weights.ToTensor().Transpose().Data, weights.Shape[1], weights.Shape[0]);
        if (alpha != 1) weights = new FloatConstant(Array.ConvertAll(weights.Data, value => alpha * value), weights.Shape);
        float[]? bias = beta == 0 ? null : Bias(call, weights.Shape[1], beta);
        StreamValue product = Multiply(call, x, weights, bias);
        if (bias != null || beta == 0 || call.Optional(2) is not StreamValue added) return product;
        if (beta != 1) added = ActivationOperators.Apply(call, added, new Activation(Runtime.ActivationKind.Affine, beta));
        return ArithmeticOperators.Evaluate(call, product, added, Arithmetic.Add);
    }

    /// <summary>x times a matrix [inputs, outputs] along the last axis.</summary>
    public static StreamValue Multiply(NodeCall call, StreamValue x, FloatConstant matrix, float[]? bias)
    {
        int inputs = matrix.Shape[0], outputs = matrix.Shape[1];
        if (x.Rank == 0 || x.Shape[^1] != inputs || !AxisRules.CanBeFeatures(x, x.Rank - 1, call.Context))
            throw call.Node.Misfit($"multiplies by a matrix {matrix.ShapeText}, the value before it has {(x.Rank == 0 ? 0 : x.Shape[^1])} features");
        AxisRules.RequireUnpadded(call, x);
        Tensor weights = matrix.ToTensor().Transpose();
        Tensor? biasTensor = bias == null ? null : new Tensor(bias, outputs);
        List<StreamElement> result = [];
        foreach (int[] group in FeatureGroups.Along(call, x, [x.Rank - 1]))
        {
            StreamElement[] read = [.. group.Select(index => x.Elements[index])];
            result.AddRange(DenseLayers.Add(call, read, weights, biasTensor, x.Timing.Window));
        }
        return new StreamValue([.. result], [.. x.Shape[..^1], outputs], [.. x.Roles[..^1], AxisRole.Feature],
            x.Timing with { FinalState = false });
    }

    private static float[]? Bias(NodeCall call, int outputs, float beta)
    {
        if (call.Optional(2) is null or StreamValue) return null;
        FloatConstant bias = call.Weights(2, "C");
        if (bias.Count != outputs && bias.Count != 1)
            throw call.Refuse($"C {bias.ShapeText} must have one element per output ({outputs}); it may not differ between rows");
        float[] all = new float[outputs];
        for (int i = 0; i < outputs; i++) all[i] = beta * bias.Data[bias.Count == 1 ? 0 : i];
        return all;
    }
}
