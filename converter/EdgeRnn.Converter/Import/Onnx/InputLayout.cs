using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>What the axes of one data input may run over, most likely first.</summary>
internal static class InputLayout
{
    private const AxisRole B = AxisRole.Batch, T = AxisRole.Time, F = AxisRole.Feature;

    /// <summary>The assumptions worth trying for an input.</summary>
    /// <param name="input">The graph input.</param>
    public static IReadOnlyList<AxisRole[]> Candidates(GraphInput input)
    {
        AxisRole[][] all = (input.Rank, input.IsReal) switch
        {
            (0, _) => [[]],
            (1, true) => [[F], [T], [B]],
            (1, false) => [[T], [B], [F]],
            (2, true) => [[B, F], [T, F], [B, T], [T, B]],
            (2, false) => [[B, T], [T, B], [B, F], [T, F]],
            (3, _) => BatchComesFirst(input) ? [[B, T, F], [T, B, F], [B, F, T]] : [[T, B, F], [B, T, F], [B, F, T]],
            _ => throw new ConversionException($"input '{SourceText.Show(input.Name)}': it has {input.Rank} axes, expected at most 3 " +
                "(steps, batch, features)"),
        };
        AxisRole[][] possible = [.. all.Where(roles => FeaturesAreKnown(input, roles))];
        if (possible.Length > 0) return possible;
        throw new ConversionException($"input '{SourceText.Show(input.Name)}': the number of features is not in the file " +
            $"(shape {input.ShapeText}); export the model with a fixed last axis");
    }

    // Decides only between assumptions that both fit, which is when the batch size is 1 or no layer orders its axes.
    private static bool BatchComesFirst(GraphInput input)
    {
        string first = input.AxisNames[0], second = input.AxisNames[1];
        if (LooksLike(first, "batch", "n") || LooksLike(second, "seq", "time", "step", "t")) return true;
        if (LooksLike(second, "batch", "n") || LooksLike(first, "seq", "time", "step", "t")) return false;
        return input.Sizes[0] == 1 && input.Sizes[1] != 1;
    }

    private static bool LooksLike(string name, params string[] words) => words.Any(word => word.Length == 1
        ? name.Equals(word, StringComparison.OrdinalIgnoreCase) : name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool FeaturesAreKnown(GraphInput input, AxisRole[] roles)
    {
        for (int axis = 0; axis < roles.Length; axis++)
        {
            if (roles[axis] == AxisRole.Feature && input.Sizes[axis] == null) return false;
        }
        return true;
    }
}
