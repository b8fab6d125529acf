using System.Collections.Generic;
using System.Text.Json;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Json;

/// <summary>Numbers written into a JSON file: nested arrays, outermost axis first, every row of equal length.</summary>
internal static class NumberArray
{
    private const int MostAxes = 4;

    /// <summary>Reads nested arrays of numbers.</summary>
    public static Tensor Read(SourceValue value)
    {
        List<int> shape = [];
        for (JsonElement level = value.Element; level.ValueKind == JsonValueKind.Array; level = level[0])
        {
            if (level.GetArrayLength() == 0) throw value.Fail("expected numbers, found an empty array");
            if (shape.Count == MostAxes) throw value.Fail($"expected at most {MostAxes} axes of numbers");
            shape.Add(level.GetArrayLength());
        }
        List<float> data = [];
        Collect(value, value.Element, shape, 0, data);
        return new Tensor([.. data], [.. shape]);
    }

    // Recursion is as deep as there are axes. Paths are not built here: there are as many numbers as weights.
    private static void Collect(SourceValue whole, JsonElement element, List<int> shape, int axis, List<float> data)
    {
        if (axis == shape.Count)
        {
            double number = element.ValueKind == JsonValueKind.Number ? element.GetDouble() : double.NaN;
            if (!float.IsFinite((float)number))
                throw whole.Fail($"element {data.Count} is not a number that float32 can hold");
            data.Add((float)number);
            return;
        }
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != shape[axis])
            throw whole.Fail($"expected rows of {shape[axis]} along axis {axis} as at its start; the numbers do not form a rectangle");
        foreach (JsonElement item in element.EnumerateArray()) Collect(whole, item, shape, axis + 1, data);
    }
}
