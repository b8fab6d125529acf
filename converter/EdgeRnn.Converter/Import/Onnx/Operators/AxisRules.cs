using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>What operators may do to the axes of values that flow through the graph.</summary>
internal static class AxisRules
{
    /// <summary>Whether an axis has size 1 in the source: an inserted one, or a batch or a time axis known to be single.</summary>
    public static bool HasSizeOne(OnnxValue value, int axis, EvaluationContext context)
    {
        if (value is not StreamValue stream) return value.Shape[axis] == 1;
        bool singleBatch = context.BatchSize == 1, singleStep = stream.Timing.Steps == 1;
        return stream.Roles[axis] switch
        {
            AxisRole.Feature => stream.Shape[axis] == 1,
            AxisRole.Batch => singleBatch,
            AxisRole.Time => singleStep,
            _ => singleBatch && singleStep,
        };
    }

    /// <summary>Whether an axis can stand where the batch is expected.</summary>
    public static bool CanBeBatch(StreamValue stream, int axis, EvaluationContext context) =>
        stream.Roles[axis] == AxisRole.Batch || HasSizeOne(stream, axis, context);

    /// <summary>Whether an axis can stand where time is expected: it is time, or the value is a single step.</summary>
    public static bool CanBeTime(StreamValue stream, int axis, EvaluationContext context) =>
        stream.Roles[axis] == AxisRole.Time || (HasSizeOne(stream, axis, context) && (!stream.HasTime || stream.Timing.Steps == 1));

    /// <summary>Whether all elements along an axis belong to the same step of the same stream.</summary>
    public static bool CanBeFeatures(StreamValue stream, int axis, EvaluationContext context) =>
        stream.Roles[axis] == AxisRole.Feature || HasSizeOne(stream, axis, context);

    /// <summary>Refuses to drop an axis that may have more than one element.</summary>
    public static void RequireRemovable(NodeCall call, OnnxValue value, int axis)
    {
        if (HasSizeOne(value, axis, call.Context)) return;
        // An open batch size is 1 when the source itself removes the axis.
        if (value is StreamValue stream && stream.Roles[axis] == AxisRole.Batch && call.Context.BatchSize == null) return;
        string role = value is StreamValue flowing ? flowing.Roles[axis].ToString().ToLowerInvariant() : "constant";
        throw call.Node.Misfit($"removes axis {axis}, a {role} axis that may have more than one element");
    }

    /// <summary>Refuses values a computing operator cannot read: padded ones, which only a convolution consumes.</summary>
    public static void RequireUnpadded(NodeCall call, StreamValue stream)
    {
        if (stream.Timing.Padding != 0)
            throw call.Refuse($"reads a sequence with {stream.Timing.Padding} zero steps put before it; only a convolution can start with padding");
    }

    /// <summary>Refuses values that are not simply one element per step of the stream: padded, or seeing the future.</summary>
    public static void RequireStream(NodeCall call, StreamValue stream)
    {
        RequireUnpadded(call, stream);
        if (stream.Timing.LookaheadOf is { } convolution) throw convolution.Refuse(LookaheadReason(stream.Timing.Lookahead));
        if (stream.Timing.LastStep)
        {
            throw call.Refuse("reads the last step of a sequence as a sequence of its own, which has no meaning in a stream; " +
                "stack the layers on the whole sequence and take the last step at the end");
        }
    }

    /// <summary>Why a convolution that is padded at the end cannot run on a stream.</summary>
    public static string LookaheadReason(long steps) =>
        $"pads the end of the sequence by {steps}, so every output needs {steps} future steps; pad only the start, by (kernel - 1) * dilation";

    /// <summary>The timing of a value computed from two.</summary>
    public static Timing Merge(NodeCall call, StreamValue a, StreamValue b)
    {
        RequireUnpadded(call, a);
        RequireUnpadded(call, b);
        if (a.Timing.LastStep != b.Timing.LastStep)
            throw call.Refuse("combines the last step of a sequence with all of its steps, which a stream cannot");
        if (a.Timing.Lookahead != b.Timing.Lookahead)
            throw (a.Timing.LookaheadOf ?? b.Timing.LookaheadOf!).Refuse(LookaheadReason(a.Timing.Lookahead + b.Timing.Lookahead));
        return a.Timing with { Steps = a.Timing.Steps ?? b.Timing.Steps, Window = a.Timing.Window ?? b.Timing.Window, FinalState = false };
    }

    /// <summary>The sizes of the axes two values have after broadcasting, aligned at the last axis.</summary>
    public static int[] BroadcastShape(NodeCall call, int[] a, int[] b)
    {
        int rank = System.Math.Max(a.Length, b.Length);
        int[] shape = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int left = SizeAt(a, axis - (rank - a.Length)), right = SizeAt(b, axis - (rank - b.Length));
            if (left == 0 || right == 0) throw call.Refuse("combines tensors without elements; export the model again");
            if (left != right && left != 1 && right != 1)
                throw call.Node.Misfit($"shapes [{string.Join(", ", a)}] and [{string.Join(", ", b)}] cannot be combined");
            shape[axis] = left == 1 ? right : left;
        }
        call.Context.Spend(shape, call.Node, call.Inputs.All(input => input is FloatConstant));
        return shape;
    }

    /// <summary>An index map from a broadcast shape to the value it comes from.</summary>
    public static int[] BroadcastMap(int[] from, int[] to)
    {
        int missing = to.Length - from.Length;
        int[] padded = [.. Enumerable.Repeat(1, missing), .. from];
        return Sizes.Pick(padded, [.. to.Select((size, axis) =>
            padded[axis] == size ? NodeCall.All(size) : new int[size])]);
    }

    private static int SizeAt(int[] shape, int axis) => axis < 0 ? 1 : shape[axis];
}
