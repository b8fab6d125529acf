using System.Collections.Generic;
using System.Text.Json;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>One tensor of a safetensors header, its size proven to equal its place in the file.</summary>
/// <param name="Name">The tensor.</param>
/// <param name="Type">How its elements are written.</param>
/// <param name="Shape">Its axes.</param>
/// <param name="Count">The product of the axes.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">The byte behind the last.</param>
internal sealed record SafetensorsEntry(string Name, ElementType Type, long[] Shape, long Count, long Begin, long End)
{
    private static readonly Dictionary<string, ElementType> _types = new()
    {
        ["F64"] = ElementType.Float64,
        ["F32"] = ElementType.Float32,
        ["F16"] = ElementType.Float16,
        ["BF16"] = ElementType.BFloat16,
        ["I64"] = ElementType.Int64,
        ["I32"] = ElementType.Int32,
        ["I16"] = ElementType.Int16,
        ["I8"] = ElementType.Int8,
        ["U64"] = ElementType.UInt64,
        ["U32"] = ElementType.UInt32,
        ["U16"] = ElementType.UInt16,
        ["U8"] = ElementType.UInt8,
        ["BOOL"] = ElementType.Bool,
    };

    /// <summary>Reads <c>"name": {"dtype": .., "shape": [..], "data_offsets": [begin, end]}</c>.</summary>
    public static SafetensorsEntry Read(JsonProperty property, string where)
    {
        string at = $"{where}: {SourceText.Show(property.Name)}";
        JsonElement description = property.Value;
        if (description.ValueKind != JsonValueKind.Object
            || !description.TryGetProperty("dtype", out JsonElement dtype) || dtype.ValueKind != JsonValueKind.String
            || !description.TryGetProperty("shape", out JsonElement shape)
            || !description.TryGetProperty("data_offsets", out JsonElement offsets))
            throw new ConversionException($"{at}: expected an object with dtype, shape and data_offsets; save the file again");
        if (!_types.TryGetValue(dtype.GetString()!, out ElementType type))
        {
            throw new ConversionException($"{at}: element type {SourceText.Show(dtype.GetString()!)} is not read, expected one of " +
                $"{string.Join(", ", _types.Keys)}; convert the tensor to float32");
        }
        long[] sizes = Numbers(shape, at, "shape");
        long[] range = Numbers(offsets, at, "data_offsets");
        long count = ElementCount.Of(sizes, at);
        if (range.Length != 2 || range[0] < 0 || range[1] < range[0])
        {
            throw new ConversionException(
                $"{at}: data_offsets [{string.Join(", ", range)}] are no range of bytes; save the file again");
        }
        long expected = count * ElementTypes.SizeOf(type);
        if (range[1] - range[0] != expected)
        {
            throw new ConversionException($"{at}: {dtype.GetString()} [{string.Join(", ", sizes)}] needs {expected} bytes, " +
                $"data_offsets give it {range[1] - range[0]}; save the file again");
        }
        return new SafetensorsEntry(property.Name, type, sizes, count, range[0], range[1]);
    }

    private static long[] Numbers(JsonElement array, string at, string key)
    {
        List<long> numbers = [];
        if (array.ValueKind == JsonValueKind.Array && array.GetArrayLength() <= ContainerLimits.MaxRank)
        {
            foreach (JsonElement element in array.EnumerateArray())
            {
                if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long number)) numbers.Add(number);
            }
            if (numbers.Count == array.GetArrayLength()) return [.. numbers];
        }
        throw new ConversionException(
            $"{at}: {key} must be a list of at most {ContainerLimits.MaxRank} whole numbers; save the file again");
    }
}
