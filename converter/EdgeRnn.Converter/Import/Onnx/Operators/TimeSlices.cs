using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Ranges along time and batch: everything, the last step, or cutting off what a padded convolution made too much.</summary>
internal static class TimeSlices
{
    /// <summary>The range [start, end) along an axis that is not a feature axis.</summary>
    /// <param name="call">The operator.</param>
    /// <param name="x">What it slices.</param>
    /// <param name="axis">Where.</param>
    /// <param name="start">First index; negative counts from the end.</param>
    /// <param name="end">Index after the last; negative counts from the end.</param>
    /// <param name="toTheEnd">Whether the range ends with the axis, whatever its length.</param>
    public static StreamValue Take(NodeCall call, StreamValue x, int axis, SymbolicInt start, SymbolicInt end, bool toTheEnd)
    {
        bool isTime = x.Roles[axis] == AxisRole.Time;
        if (!isTime && x.Roles[axis] != AxisRole.Batch) throw call.Refuse("slices an axis on which steps and streams are mixed");
        long? length = isTime ? x.Timing.Steps : call.Context.BatchSize;
        long? fromStart = start.IsNumber && start.Offset >= 0 ? start.Offset : length + FromEnd(start, isTime);
        long? startFromEnd = FromEnd(start, isTime) ?? fromStart - length;
        long? endFromEnd = toTheEnd || (end.IsNumber && end.Offset >= int.MaxValue) || (end.IsNumber && end.Offset >= length)
            ? 0 : FromEnd(end, isTime) ?? (end.IsNumber ? end.Offset - length : null);

        if (fromStart == 0 && endFromEnd == 0) return x;
        if (!isTime) throw call.Refuse("picks streams out of the batch; each stream is a session of its own");
        if (fromStart == 0 && x.Timing.Lookahead > 0 && endFromEnd < 0 && -endFromEnd <= x.Timing.Lookahead)
        {
            long left = x.Timing.Lookahead + endFromEnd.Value;
            return x.With(x.Timing with { Lookahead = left, LookaheadOf = left == 0 ? null : x.Timing.LookaheadOf, Steps = length + endFromEnd });
        }
        if (startFromEnd == -1 && endFromEnd == 0)
        {
            AxisRules.RequireUnpadded(call, x);
            if (x.Timing.LookaheadOf is { } convolution) throw convolution.Refuse(AxisRules.LookaheadReason(x.Timing.Lookahead));
            AxisRole[] roles = (AxisRole[])x.Roles.Clone();
            roles[axis] = AxisRole.Feature;
            return new StreamValue(x.Elements, x.Shape, roles, x.Timing with { Steps = 1, LastStep = length != 1 });
        }
        if (fromStart is >= 0 and { } first && endFromEnd + length is { } last && first < last && x.Timing.Lookahead == 0)
        {
            StreamValue steps = TimeUnfolding.Apply(call, x);
            int[] range = [.. Enumerable.Range((int)first, (int)(last - first))];
            return (StreamValue)call.Pick(steps, [.. steps.Shape.Select((size, i) => i == axis ? range : NodeCall.All(size))]);
        }
        throw call.Refuse($"takes steps {start} to {(toTheEnd ? "the end" : end.ToString())} of the sequence; of a stream only all steps or the last one can be taken");
    }

    private static long? FromEnd(SymbolicInt index, bool isTime)
    {
        if (index.IsNumber) return index.Offset < 0 ? index.Offset : null;
        bool isLength = index.Scale == 1 && index.TimePower == (isTime ? 1 : 0) && index.BatchPower == (isTime ? 0 : 1);
        return isLength && index.Offset <= 0 ? index.Offset : null;
    }
}
