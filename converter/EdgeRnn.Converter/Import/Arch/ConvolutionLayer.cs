using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>The layer kind conv1d: causal convolution over time.</summary>
internal static class ConvolutionLayer
{
    private static readonly Dictionary<string, bool> _paddings = new(StringComparer.Ordinal) { ["causal"] = true, ["valid"] = false };

    private static readonly Dictionary<string, Func<LayerSource, SourceValue, int, Tensor>> _layouts = new(StringComparer.Ordinal)
    {
        ["pytorch"] = OutputsChannelsKernel,
        ["keras"] = KernelChannelsOutputs,
        ["flattened"] = OutputsTimesFeatures,
    };

    /// <summary>Reads the layer.</summary>
    public static GraphNode Read(LayerSource layer)
    {
        SourceObject body = layer.Body;
        int groups = body.Optional("groups")?.AsInteger(1) ?? 1;
        if (layer.InputSize % groups != 0)
            throw body.Fail($"{layer.InputSize} input features do not divide into {groups} groups");
        var layout = body.Required("layout").AsChoice(_layouts);
        Tensor weights = layout(layer, body.Required("weights"), layer.InputSize / groups);
        if (weights.Shape[0] % groups != 0)
            throw body.Fail($"{weights.Shape[0]} output features do not divide into {groups} groups");
        return new ConvNode(layer.Name, layer.Inputs, weights,
            layer.Tensors.OptionalVector(body.Optional("bias"), weights.Shape[0]),
            ActivationReader.Read(body.Optional("activation"), Activation.Linear))
        {
            Groups = groups,
            Dilation = body.Optional("dilation")?.AsInteger(1) ?? 1,
            Stride = body.Optional("stride")?.AsInteger(1) ?? 1,
            PaddedStart = body.Required("padding").AsChoice(_paddings),
        };
    }

    private static Tensor OutputsChannelsKernel(LayerSource layer, SourceValue reference, int channels)
    {
        Tensor weights = layer.Tensors.Resolve(reference);
        return weights.Rank == 3 && weights.Shape[1] == channels ? weights
            : throw reference.Fail($"expected [outputs, {channels}, kernel], found {weights.ShapeText}");
    }

    private static Tensor KernelChannelsOutputs(LayerSource layer, SourceValue reference, int channels)
    {
        Tensor weights = layer.Tensors.Resolve(reference);
        return weights.Rank == 3 && weights.Shape[1] == channels ? ConvolutionWeights.FromKernelFirst(weights)
            : throw reference.Fail($"expected [kernel, {channels}, outputs], found {weights.ShapeText}");
    }

    // A dense layer over the last steps laid end to end, oldest first: [outputs, kernel * channels].
    private static Tensor OutputsTimesFeatures(LayerSource layer, SourceValue reference, int channels)
    {
        Tensor weights = layer.Tensors.Resolve(reference);
        if (weights.Rank != 2 || weights.Shape[1] % channels != 0)
            throw reference.Fail($"expected [outputs, steps * {channels}], found {weights.ShapeText}");
        int kernel = weights.Shape[1] / channels;
        Tensor kernelFirst = weights.Transpose().Reshape(kernel, channels, weights.Shape[0]);
        return ConvolutionWeights.FromKernelFirst(kernelFirst);
    }
}
