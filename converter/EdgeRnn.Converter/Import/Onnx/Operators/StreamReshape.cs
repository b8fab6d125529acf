using System;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>
/// Finds out what the axes of a reshaped stream value run over. Axes are matched by their lengths, with distinct large numbers
/// for lengths that are not known; time and batch may be merged with each other and taken apart again. Where time is mixed with
/// features its steps are laid out as features first.
/// </summary>
internal sealed class StreamReshape
{
    // Primes that no real shape contains.
    private const long UnknownSteps = 1_000_003;
    private const long UnknownBatch = 1_000_033;

    private readonly NodeCall _call;
    private readonly StreamValue _value;
    private readonly long _steps;
    private readonly long _batch;
    private readonly long[] _lengths;

    public StreamReshape(NodeCall call, StreamValue value)
    {
        _call = call;
        _value = value;
        _steps = value.Timing.Steps ?? UnknownSteps;
        _batch = call.Context.BatchSize ?? UnknownBatch;
        _lengths = [.. value.Roles.Select((role, axis) => role switch
        {
            AxisRole.Feature => value.Shape[axis],
            AxisRole.Time => _steps,
            AxisRole.Batch => _batch,
            _ => _steps * _batch,
        })];
    }

    /// <summary>The value under the shape a Reshape node asks for.</summary>
    public StreamValue To(SymbolicInt[] target)
    {
        long total = Product(_lengths), known = 1;
        long[] lengths = new long[target.Length];
        int open = -1;
        for (int axis = 0; axis < target.Length; axis++)
        {
            long length = target[axis].Evaluate(_steps, _batch);
            if (length == 0) length = axis < _lengths.Length ? _lengths[axis] : throw _call.Node.Misfit($"size 0 of axis {axis} copies an axis that is not there");
            if (length == -1 && open < 0) open = axis;
            else known = checked(known * length);
            lengths[axis] = length;
        }
        if (open >= 0) lengths[open] = known > 0 ? total / known : 0;
        if (lengths.Any(length => length < 1) || Product(lengths) != total)
            throw _call.Node.Misfit($"reshapes axes [{string.Join(", ", _value.Roles)}] to [{string.Join(", ", target)}]{Hint()}");
        return WithLengths(lengths);
    }

    /// <summary>The value as a matrix: axes before the given one merged, and the others.</summary>
    public StreamValue Flatten(int axis) => WithLengths([Product(_lengths.AsSpan(0, axis)), Product(_lengths.AsSpan(axis))]);

    private StreamValue WithLengths(long[] lengths)
    {
        AxisRole[] roles = new AxisRole[lengths.Length]; // Feature, until found to be something else
        int[] from = LongAxes(_lengths), to = LongAxes(lengths);
        int i = 0, j = 0;
        CopySingles(lengths, roles, Gap(_lengths, from, 0), Gap(lengths, to, 0));
        while (i < from.Length && j < to.Length)
        {
            int firstFrom = i, firstTo = j;
            long left = _lengths[from[i++]], right = lengths[to[j++]];
            while (left != right)
            {
                if (left < right && i < from.Length) left *= _lengths[from[i++]];
                else if (left > right && j < to.Length) right *= lengths[to[j++]];
                else throw _call.Node.Misfit("reshapes to a shape of another size");
            }
            if (!Assign(from[firstFrom..i], to[firstTo..j], lengths, roles))
                return new StreamReshape(_call, TimeUnfolding.Apply(_call, _value)).WithLengths(lengths);
            CopySingles(lengths, roles, Gap(_lengths, from, i), Gap(lengths, to, j));
        }
        if (i < from.Length || j < to.Length) throw _call.Node.Misfit("reshapes to a shape of another size");
        int[] shape = [.. lengths.Select((length, axis) => roles[axis] == AxisRole.Feature ? checked((int)length) : 1)];
        return _value.WithAxes(shape, roles);
    }

    // A run of axes becomes a run of axes of the same size. False when time must become features for that.
    private bool Assign(int[] from, int[] to, long[] lengths, AxisRole[] roles)
    {
        AxisRole[] sources = [.. from.Select(axis => _value.Roles[axis])];
        if (sources.All(role => role == AxisRole.Feature)) return true;
        if (to.Length == 1 && sources is [AxisRole single])
            roles[to[0]] = single;
        else if (to.Length == 1 && sources is [AxisRole.Time, AxisRole.Batch])
            roles[to[0]] = AxisRole.TimeBatch;
        else if (to.Length == 1 && sources is [AxisRole.Batch, AxisRole.Time])
            roles[to[0]] = AxisRole.BatchTime;
        else if (to.Length == 2 && sources is [AxisRole.TimeBatch] && lengths[to[0]] == _steps)
            (roles[to[0]], roles[to[1]]) = (AxisRole.Time, AxisRole.Batch);
        else if (to.Length == 2 && sources is [AxisRole.BatchTime] && lengths[to[0]] == _batch)
            (roles[to[0]], roles[to[1]]) = (AxisRole.Batch, AxisRole.Time);
        else if (sources.All(role => role is AxisRole.Time or AxisRole.Feature))
            return false;
        else
            throw _call.Node.Misfit($"mixes {string.Join(" and ", sources.Distinct())} in one axis; streams of a batch are independent");
        return true;
    }

    // Axes of length 1 keep what they run over when as many stand at the same place.
    private void CopySingles(long[] lengths, AxisRole[] roles, int[] from, int[] to)
    {
        if (from.Length != to.Length) return;
        for (int k = 0; k < from.Length; k++)
        {
            if (lengths[to[k]] == 1) roles[to[k]] = _value.Roles[from[k]];
        }
    }

    private string Hint() => _value.HasTime && _value.Timing.Steps == null
        ? "; if it needs all steps at once, export the model with a fixed number of steps" : "";

    private static int[] LongAxes(long[] lengths) => [.. Enumerable.Range(0, lengths.Length).Where(axis => lengths[axis] != 1)];

    // The axes of length 1 between two longer ones: before number 'index' of them.
    private static int[] Gap(long[] lengths, int[] longAxes, int index)
    {
        int start = index == 0 ? 0 : longAxes[index - 1] + 1, end = index == longAxes.Length ? lengths.Length : longAxes[index];
        return [.. Enumerable.Range(start, end - start)];
    }

    private static long Product(ReadOnlySpan<long> lengths)
    {
        long product = 1;
        foreach (long length in lengths) product = checked(product * length);
        return product;
    }
}
