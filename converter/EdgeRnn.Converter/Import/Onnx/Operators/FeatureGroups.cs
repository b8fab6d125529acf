using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Splits the elements of a value into the vectors an operator works on one by one.</summary>
internal static class FeatureGroups
{
    /// <summary>Layers one operator may become.</summary>
    private const int MaxGroups = 256;

    /// <summary>For each vector along some axes the indices of its elements.</summary>
    /// <param name="call">The operator.</param>
    /// <param name="value">What it reads.</param>
    /// <param name="axes">The axes of one vector, ascending; all must be features.</param>
    public static IReadOnlyList<int[]> Along(NodeCall call, StreamValue value, int[] axes)
    {
        foreach (int axis in axes)
        {
            if (!AxisRules.CanBeFeatures(value, axis, call.Context))
                throw call.Node.Misfit($"works along axis {axis}, which is {value.Roles[axis]} and not features");
        }
        int[] outer = [.. Enumerable.Range(0, value.Rank).Except(axes)];
        int groups = Sizes.Product([.. outer.Select(axis => value.Shape[axis])]);
        if (groups > MaxGroups) throw call.Refuse($"would become {groups} layers, at most {MaxGroups} are allowed");
        int[] map = Sizes.Permute(value.Shape, [.. outer, .. axes]);
        int size = groups == 0 ? 0 : map.Length / groups;
        return [.. Enumerable.Range(0, groups).Select(group => map[(group * size)..((group + 1) * size)])];
    }
}
