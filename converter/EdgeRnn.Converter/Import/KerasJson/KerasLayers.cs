using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.KerasJson;

/// <summary>The types without recurrence. Each becomes one node, or a few where the canonical graph has no equal.</summary>
internal static class KerasLayers
{
    /// <summary>Kernel [features, units], bias [units] or none.</summary>
    public static IEnumerable<GraphNode> Dense(KerasLayer layer)
    {
        layer.ExpectWeights("kernel, bias", 1, 2);
        Tensor weights = layer.Weight(0, layer.InputSize, -1).Transpose();
        Tensor? bias = layer.Weights.Count == 2 ? layer.Weight(1, weights.Shape[0]) : null;
        yield return new DenseNode(layer.Name, layer.Inputs, weights, bias, KerasActivations.Read(layer));
    }

    /// <summary>Kernel [kernel, features / groups, filters], bias [filters] or none.</summary>
    public static IEnumerable<GraphNode> Convolution(KerasLayer layer)
    {
        layer.ExpectWeights("kernel, bias", 1, 2);
        int kernelSize = Size(layer.Body.Required("kernel_size"));
        int dilation = layer.Body.Optional("dilation") is { } apart ? Size(apart) : 1;
        int stride = layer.Body.Optional("strides") is { } skip ? Size(skip) : 1;
        int groups = layer.Body.Optional("groups")?.AsInteger(1, layer.InputSize) ?? 1;
        if (layer.InputSize % groups != 0)
            throw layer.Body.Fail($"{layer.Name}: {layer.InputSize} features do not divide into {groups} groups");

        Tensor weights = ConvolutionWeights.FromKernelFirst(layer.Weight(0, kernelSize, layer.InputSize / groups, -1));
        if (weights.Shape[0] % groups != 0)
            throw layer.Body.Fail($"{layer.Name}: {weights.Shape[0]} filters do not divide into {groups} groups");
        Tensor? bias = layer.Weights.Count == 2 ? layer.Weight(1, weights.Shape[0]) : null;
        Activation activation = KerasActivations.Read(layer);
        bool softmax = activation.Kind == ActivationKind.Softmax;
        yield return new ConvNode(layer.Name, layer.Inputs, weights, bias, softmax ? Activation.Linear : activation)
        {
            Dilation = dilation,
            Stride = stride,
            Groups = groups,
            PaddedStart = Padded(layer, (kernelSize - 1L) * dilation),
        };
        if (softmax) yield return new ActivationNode($"{layer.Name}_softmax", [Output(layer, 0, weights.Shape[0])], activation);
    }

    /// <summary>
    /// gamma, beta, mean, variance, or mean, variance. y = gamma / sqrt(variance + epsilon) * (x - mean) + beta is a convolution
    /// of one step and one feature per group, which keeps beta exact however small gamma is.
    /// </summary>
    public static IEnumerable<GraphNode> BatchNormalisation(KerasLayer layer)
    {
        layer.ExpectWeights("gamma, beta, mean, variance; or mean, variance", 2, 4);
        int size = layer.InputSize;
        bool affine = layer.Weights.Count == 4;
        float epsilon = layer.Body.Required("epsilon").AsNumber();
        float[]? gamma = affine ? layer.Weight(0, size).Data : null, beta = affine ? layer.Weight(1, size).Data : null;
        float[] mean = layer.Weight(affine ? 2 : 0, size).Data, variance = layer.Weight(affine ? 3 : 1, size).Data;
        double[] factor = [.. variance.Select((value, i) => (gamma?[i] ?? 1) / Math.Sqrt((double)value + epsilon))];
        if (!factor.All(double.IsFinite)) throw layer.Body.Fail($"{layer.Name}: variance + epsilon has to be above 0");
        RefuseActivation(layer);
        yield return Channelwise(layer.Name, layer.Reads, factor, [.. factor.Select((value, i) => (beta?[i] ?? 0) - mean[i] * value)],
            Activation.Linear);
    }

    /// <summary>x for x &gt;= 0, alpha * x otherwise; one alpha per feature, or one for all.</summary>
    public static IEnumerable<GraphNode> ParametricRelu(KerasLayer layer)
    {
        layer.ExpectWeights("alpha", 1);
        RefuseActivation(layer);
        float[] alpha = NumberArray.Read(layer.Weights[0]).Data;
        if (alpha.Length != 1 && alpha.Length != layer.InputSize)
        {
            throw layer.Weights[0].Fail($"{layer.Name}: expected 1 or {layer.InputSize} values of alpha, found {alpha.Length}; " +
                "share alpha over time (shared_axes=[1])");
        }
        return alpha.All(value => value == alpha[0])
            ? [new ActivationNode(layer.Name, layer.Inputs, new Activation(ActivationKind.LeakyRelu, alpha[0]))]
            : ReluPerFeature(layer, alpha);
    }

    /// <summary>An activation by itself.</summary>
    public static IEnumerable<GraphNode> ActivationOnly(KerasLayer layer)
    {
        layer.ExpectWeights("none", 0);
        yield return new ActivationNode(layer.Name, layer.Inputs, KerasActivations.Read(layer));
    }

    // relu(x) - alpha * relu(-x): no activation has a parameter per feature.
    private static IEnumerable<GraphNode> ReluPerFeature(KerasLayer layer, float[] alpha)
    {
        int size = layer.InputSize;
        double[] minusOne = [.. alpha.Select(_ => -1.0)], minusAlpha = [.. alpha.Select(value => -(double)value)], zero = new double[size];
        yield return new ActivationNode($"{layer.Name}_positive", layer.Inputs, Activation.Relu);
        yield return Channelwise($"{layer.Name}_negative", layer.Reads, minusOne, zero, Activation.Relu);
        yield return Channelwise($"{layer.Name}_slope", Output(layer, 1, size), minusAlpha, zero, Activation.Linear);
        yield return new PairwiseNode(layer.Name, [Output(layer, 0, size), Output(layer, 2, size)], Multiply: false);
    }

    private static void RefuseActivation(KerasLayer layer)
    {
        if (KerasActivations.Read(layer) != Activation.Linear)
            throw layer.Body.Fail($"{layer.Name}: a {layer.Type} layer has no activation of its own; give it a layer of type activation");
    }

    private static ConvNode Channelwise(string name, Segment reads, double[] factor, double[] offset, Activation activation) =>
        new(name, [reads], Single(factor).Reshape(factor.Length, 1, 1), Single(offset), activation)
        {
            Groups = factor.Length,
            PaddedStart = true,
        };

    private static Tensor Single(double[] values) => new(Array.ConvertAll(values, value => (float)value), values.Length);

    private static Segment Output(KerasLayer layer, int node, int size) => new(layer.FirstNode + node + 1, 0, size);

    // Keras writes sizes of one axis as [3]; RTNeural reads either form.
    private static int Size(SourceValue value) =>
        value.Element.ValueKind == System.Text.Json.JsonValueKind.Array ? value.AsList()[^1].AsInteger(1) : value.AsInteger(1);

    // With known lengths the shapes show whether the convolution shortens the sequence (valid) or not (causal). Without them
    // RTNeural's rule holds: the history starts as zeros.
    private static bool Padded(KerasLayer layer, long history)
    {
        SourceValue? padding = layer.Body.Optional("padding");
        if (padding is { } given)
        {
            return given.AsText() switch
            {
                "causal" => true,
                "valid" => false,
                _ => throw given.Fail($"padding {given.Found} looks ahead; a stream can only be \"causal\" or \"valid\""),
            };
        }
        if (layer.InputShape is not [_, { } before, _] || layer.Shape is not [_, { } after, _] || history == 0) return true;
        if (before == after) return true;
        return before - after == history ? false
            : throw layer.Body.Fail($"{layer.Name}: from {before} to {after} steps is neither causal (as many) nor valid " +
                $"({before - history})");
    }
}
