using System.Collections.Generic;
using System.Text.Json;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>Numbers written into the ARCH file itself: nested arrays, outermost axis first, every row of equal length.</summary>
internal static class InlineConstant
{
    private const int MostAxes = 4;

    /// <summary>Reads nested arrays of numbers.</summary>
    public static Tensor Read(ArchValue value)
    {
        List<int> shape = [];
        for (JsonElement level = value.Element; level.ValueKind == JsonValueKind.Array; level = level[0])
        {
            if (level.GetArrayLength() == 0) throw value.Fail("expected numbers, found an empty array");
            if (shape.Count == MostAxes) throw value.Fail($"a constant has at most {MostAxes} axes");
            shape.Add(level.GetArrayLength());
        }
        List<float> data = [];
        Collect(value, shape, 0, data);
        return new Tensor([.. data], [.. shape]);
    }

    // Recursion is as deep as the constant has axes.
    private static void Collect(ArchValue value, List<int> shape, int axis, List<float> data)
    {
        if (axis == shape.Count)
        {
            data.Add(value.AsNumber());
            return;
        }
        IReadOnlyList<ArchValue> items = value.AsList();
        if (items.Count != shape[axis]) throw value.Fail($"expected {shape[axis]} elements as in its neighbours, found {items.Count}");
        foreach (ArchValue item in items) Collect(item, shape, axis + 1, data);
    }
}
