using System;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Convolutions over time, and the padding exporters put before them.</summary>
internal static class ConvolutionOperators
{
    public static OnnxValue Conv(NodeCall call)
    {
        OnnxNode node = call.Node;
        StreamValue x = call.Stream(0);
        FloatConstant weights = call.Weights(1, "the kernel");
        FloatConstant? bias = call.OptionalWeights(2, "bias");
        long[]? kernelShape = node.Ints("kernel_shape"), pads = node.Ints("pads"), strides = node.Ints("strides");
        long[]? dilations = node.Ints("dilations");
        long groups = node.Int("group", 1);
        string autoPad = node.Text("auto_pad", "NOTSET");
        int spatial = weights.Rank - 2;
        if (spatial is < 1 or > 2) throw call.Refuse($"a kernel {weights.ShapeText}: only convolutions over time are supported");
        if (x.Rank != weights.Rank) throw node.Misfit($"a kernel {weights.ShapeText} needs {weights.Rank} axes, the value has {x.Rank}");
        int time = TimeAxis(call, x, weights);
        int at = time - 2;
        if (kernelShape != null && !kernelShape.SequenceEqual(weights.Shape[2..].Select(size => (long)size)))
            throw call.Refuse($"kernel_shape [{string.Join(", ", kernelShape)}] contradicts the kernel {weights.ShapeText}");
        int kernel = weights.Shape[time];
        int stride = Small(call, strides, at, "stride"), dilation = Small(call, dilations, at, "dilation");
        long reach = (kernel - 1L) * dilation;
        if (reach >= ModelLimits.MaxSteps) throw call.Refuse($"looks {reach} steps back, at most {ModelLimits.MaxSteps - 1} are supported");
        if (x.Timing.LookaheadOf is { } earlier) throw earlier.Refuse(AxisRules.LookaheadReason(x.Timing.Lookahead));
        if (x.Timing.LastStep) AxisRules.RequireStream(call, x);
        (long start, long end) = Padding(call, pads, autoPad, at, spatial, stride, reach);
        bool padded = CheckPadding(call, start + x.Timing.Padding, end, stride, reach);

        if (groups < 1 || x.Shape[1] % groups != 0 || weights.Shape[1] != x.Shape[1] / groups || weights.Shape[0] % groups != 0)
            throw node.Misfit($"a kernel {weights.ShapeText} in {groups} group(s) does not fit {x.Shape[1]} features");
        if (bias != null && bias.Count != weights.Shape[0]) throw call.Refuse($"bias {bias.ShapeText}, expected {weights.Shape[0]} elements");
        StreamElement[] made = call.Context.Builder.Add(node, name => new ConvNode(name, call.Segments(x.Elements),
            new Tensor(weights.Data, weights.Shape[0], weights.Shape[1], kernel), bias?.ToTensor().Reshape(bias.Count), Activation.Linear)
        {
            Dilation = dilation,
            Groups = (int)groups,
            Stride = stride,
            PaddedStart = padded,
        });
        int[] shape = (int[])x.Shape.Clone();
        shape[1] = weights.Shape[0];
        return new StreamValue(made, shape, x.Roles, TimingAfter(node, x.Timing, start, end, reach, stride));
    }

    public static OnnxValue Pad(NodeCall call)
    {
        OnnxNode node = call.Node;
        StreamValue x = call.Stream(0);
        string mode = node.Text("mode", "constant");
        long[] pads = (call.Opset < 11 ? node.Ints("pads") : call.Numbers(1, "pads")) ?? throw call.Refuse("pads are missing");
        float fill = call.Opset < 11 ? node.Float("value", 0) : call.OptionalWeights(2, "the value")?.Data.FirstOrDefault() ?? 0;
        int[] axes = call.Opset >= 18 && call.Numbers(3, "axes") is { } given
            ? [.. given.Select(axis => call.Axis(axis, x.Rank))] : NodeCall.All(x.Rank);
        if (pads.Length != 2 * axes.Length) throw call.Refuse($"{pads.Length} pads for {axes.Length} axes");
        long start = 0;
        for (int i = 0; i < axes.Length; i++)
        {
            (long before, long after) = (pads[i], pads[i + axes.Length]);
            if (before == 0 && after == 0) continue;
            if (x.Roles[axes[i]] != AxisRole.Time) throw node.Misfit($"pads axis {axes[i]}, which is {x.Roles[axes[i]]}; only time can be padded");
            if (mode != "constant" || fill != 0) throw call.Refuse($"pads with {(mode == "constant" ? $"{fill}" : SourceText.Show(mode))}, a stream can only start from zeros");
            if (before < 0 || after < 0) throw call.Refuse("cuts steps off, a stream has all of them");
            if (after > 0) throw call.Refuse(AxisRules.LookaheadReason(after));
            start = before;
        }
        return x.With(x.Timing with { Padding = x.Timing.Padding + start, Steps = x.Timing.Steps + start });
    }

    // [batch, features, time]; an image of height or width 1 (Keras writes those) is a sequence too.
    private static int TimeAxis(NodeCall call, StreamValue x, FloatConstant weights)
    {
        if (!AxisRules.CanBeBatch(x, 0, call.Context)) throw call.Node.Misfit($"expects the batch on axis 0, found {x.Roles[0]}");
        if (x.Roles[1] != AxisRole.Feature) throw call.Node.Misfit($"expects features on axis 1, found {x.Roles[1]}");
        int time = x.AxisOf(AxisRole.Time);
        if (time < 0) time = weights.Rank == 4 && weights.Shape[2] != 1 ? 2 : weights.Rank - 1;
        if (time < 2) throw call.Node.Misfit("expects time on the last axis");
        for (int axis = 2; axis < x.Rank; axis++)
        {
            if (axis == time) continue;
            if (!AxisRules.HasSizeOne(x, axis, call.Context) || weights.Shape[axis] != 1)
                throw call.Node.Misfit($"a kernel {weights.ShapeText} over an image; only convolutions over time are supported");
        }
        if (x.Roles[time] != AxisRole.Time && weights.Shape[time] != 1)
            throw call.Node.Misfit($"expects time on axis {time}, found {x.Roles[time]}");
        return time;
    }

    private static int Small(NodeCall call, long[]? values, int at, string what)
    {
        if (values == null) return 1;
        if (at >= values.Length || values[at] is < 1 or >= ModelLimits.MaxSteps) throw call.Refuse($"{what} [{string.Join(", ", values)}] is out of range");
        return (int)values[at];
    }

    private static (long Start, long End) Padding(NodeCall call, long[]? pads, string autoPad, int at, int spatial, int stride, long reach)
    {
        switch (autoPad)
        {
            case "NOTSET":
                if (pads == null) return (0, 0);
                if (pads.Length != 2 * spatial || pads.Any(pad => pad is < 0 or > ModelLimits.MaxSteps)) throw call.Refuse($"pads [{string.Join(", ", pads)}] are out of range");
                for (int axis = 0; axis < spatial; axis++)
                {
                    if (axis != at && (pads[axis] != 0 || pads[axis + spatial] != 0)) throw call.Refuse("pads an axis that is not time");
                }
                return (pads[at], pads[at + spatial]);
            case "VALID":
                return (0, 0);
            case "SAME_UPPER" when stride == 1:
                return (reach / 2, reach - reach / 2);
            case "SAME_LOWER" when stride == 1:
                return (reach - reach / 2, reach / 2);
            default:
                throw call.Refuse($"auto_pad '{SourceText.Show(autoPad)}' with a stride of {stride}; give explicit pads before the first step");
        }
    }

    // Whether the history starts as zeros. Zeros after the end are allowed when the source cuts their outputs off again.
    private static bool CheckPadding(NodeCall call, long start, long end, int stride, long reach)
    {
        if (end > 0 && (start != reach || stride != 1)) throw call.Refuse(AxisRules.LookaheadReason(end));
        if (start != 0 && start != reach)
            throw call.Refuse($"starts with {start} steps of zeros, expected 0 or (kernel - 1) * dilation = {reach}");
        return start == reach && reach > 0;
    }

    private static Timing TimingAfter(OnnxNode node, Timing before, long start, long end, long reach, int stride)
    {
        long? steps = before.Steps == null ? null : Math.Max(0, before.Steps.Value + start + end - reach - 1) / stride + 1;
        return before with { Steps = steps, Padding = 0, Lookahead = end, LookaheadOf = end > 0 ? node : null, FinalState = false };
    }
}
