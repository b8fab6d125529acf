using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>The state of one pass over a JSON document; see <see cref="JsonTensors"/>.</summary>
internal sealed class JsonTensorReader
{
    /// <summary>The shape of a single number.</summary>
    private static readonly int[] _scalar = [];

    private readonly NamedTensors _tensors;
    private readonly List<object> _path = [];

    /// <summary>
    /// The numbers of the arrays being read, innermost last; each array leaves its own there for the one around it.
    /// </summary>
    private readonly List<float> _numbers = [];

    public JsonTensorReader(NamedTensors tensors) => _tensors = tensors;

    /// <summary>Reads the value the reader stands on; recursion is bounded by the reader's MaxDepth.</summary>
    public void ReadDocument(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            throw Refused("expected an object or an array, found a single value; save the weights by name");
        int[]? shape = ReadValue(ref reader);
        if (shape != null && shape.Length > 0) throw Refused("the document is one array without a name; put it in an object");
    }

    /// <summary>
    /// Reads one value. Numbers are left at the end of <see cref="_numbers"/> and their shape is returned, for the caller to
    /// use or to name; everything else is entered into the container here and null is returned.
    /// </summary>
    private int[]? ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                _numbers.Add(ReadNumber(ref reader));
                return _scalar;
            case JsonTokenType.StartArray:
                return ReadArray(ref reader);
            case JsonTokenType.StartObject:
                return ReadObject(ref reader);
            case JsonTokenType.String:
                _tensors.AddAttribute(Path(), reader.GetString()!);
                return null;
            case JsonTokenType.True:
            case JsonTokenType.False:
                _tensors.AddAttribute(Path(), reader.TokenType == JsonTokenType.True ? "true" : "false");
                return null;
            default:
                return null;
        }
    }

    private int[]? ReadObject(ref Utf8JsonReader reader)
    {
        int start = _numbers.Count;
        int[]? dataShape = null, shapeShape = null;
        int dataStart = 0, shapeStart = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            reader.Read();
            _path.Add(key);
            int valueStart = _numbers.Count;
            int[]? shape = ReadProperty(ref reader);
            // "data" and "shape" are kept until the end of the object shows whether they belong together.
            if (key == "data" && shape != null && dataShape == null) (dataShape, dataStart) = (shape, valueStart);
            else if (key == "shape" && shape?.Length == 1 && shapeShape == null) (shapeShape, shapeStart) = (shape, valueStart);
            else if (shape != null) TakeTensor(shape, valueStart);
            _path.RemoveAt(_path.Count - 1);
        }
        if (dataShape != null && shapeShape != null) return TakeDataAndShape(start, dataShape, dataStart, shapeShape, shapeStart);
        if (dataShape == null && shapeShape == null) return null;
        _path.Add(dataShape != null ? "data" : "shape");
        TakeTensor((dataShape ?? shapeShape)!, start);
        _path.RemoveAt(_path.Count - 1);
        return null;
    }

    /// <summary>
    /// The value of a property: a single number is an attribute, everything else as <see cref="ReadValue"/> has it.
    /// </summary>
    private int[]? ReadProperty(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number) return ReadValue(ref reader);
        _tensors.AddAttribute(Path(), Encoding.UTF8.GetString(reader.ValueSpan));
        return null;
    }

    private int[] TakeDataAndShape(int start, int[] dataShape, int dataStart, int[] shapeShape, int shapeStart)
    {
        long[] declared = new long[shapeShape[0]];
        for (int axis = 0; axis < declared.Length; axis++)
        {
            float size = _numbers[shapeStart + axis];
            if (size != MathF.Floor(size))
                throw Refused(string.Create(CultureInfo.InvariantCulture, $"\"shape\" holds {size}, expected whole numbers"));
            declared[axis] = (long)size;
        }
        long expected = ElementCount.Of(declared, $"{SourceText.Show(_tensors.Source)}: {SourceText.Show(Path())}");
        long found = CountOf(dataShape);
        // Nested data has a shape of its own, and then both must say the same.
        bool agree = dataShape.Length == 1 ? found == expected : declared.SequenceEqual(dataShape.Select(size => (long)size));
        if (!agree)
        {
            throw Refused($"\"shape\" [{string.Join(", ", declared)}] asks for {expected} numbers, \"data\" has {found} as " +
                $"[{string.Join(", ", dataShape)}]; save both from one tensor");
        }
        // Only the data stays, at the place where the object began.
        if (dataStart < shapeStart) Truncate(shapeStart);
        else _numbers.RemoveRange(start, dataStart - start);
        return Array.ConvertAll(declared, size => (int)size);
    }

    private int[]? ReadArray(ref Utf8JsonReader reader)
    {
        int start = _numbers.Count;
        // One entry per element; equal neighbours share one array, so that a long list costs little.
        List<int[]?> shapes = [];
        bool regular = true;
        int[]? last = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int[]? shape = ReadElement(ref reader, shapes.Count);
            if (shape != null && last != null && shape.AsSpan().SequenceEqual(last)) shape = last;
            if (shapes.Count > 0 && shape != last || shape == null) regular = false;
            shapes.Add(shape);
            last = shape;
        }
        if (shapes.Count == 0) return [0];
        if (regular)
        {
            if (last!.Length == ContainerLimits.MaxRank) throw Refused($"more than {ContainerLimits.MaxRank} axes");
            return [shapes.Count, .. last];
        }
        RefuseRagged(shapes);
        AddList(shapes, start);
        return null;
    }

    private int[]? ReadElement(ref Utf8JsonReader reader, int index)
    {
        // Numbers are by far the most, and need no path unless something is wrong with them.
        if (reader.TokenType == JsonTokenType.Number) return ReadValue(ref reader);
        _path.Add(index);
        int[]? shape = ReadValue(ref reader);
        _path.RemoveAt(_path.Count - 1);
        return shape;
    }

    /// <summary>
    /// Vectors of different lengths, or numbers beside arrays, are a damaged matrix; matrices of different shapes are a list.
    /// </summary>
    private void RefuseRagged(List<int[]?> shapes)
    {
        bool onlyVectors = shapes.TrueForAll(shape => shape?.Length == 1);
        bool numbersBesideArrays = shapes.Exists(shape => shape?.Length == 0) && shapes.Exists(shape => shape?.Length > 0);
        if (!onlyVectors && !numbersBesideArrays) return;
        int[] first = shapes.Find(shape => shape != null)!;
        int row = shapes.FindIndex(shape => shape != null && !shape.AsSpan().SequenceEqual(first));
        throw Refused($"a ragged array: element {row} has shape [{string.Join(", ", shapes[row]!)}], those before it " +
            $"[{string.Join(", ", first)}]; save a full array");
    }

    private void AddList(List<int[]?> shapes, int start)
    {
        int at = start;
        for (int i = 0; i < shapes.Count; i++)
        {
            int[]? shape = shapes[i];
            if (shape == null) continue;
            _path.Add(i);
            if (shape.Length == 0) _tensors.AddAttribute(Path(), _numbers[at].ToString(CultureInfo.InvariantCulture));
            else AddTensor(shape, at);
            _path.RemoveAt(_path.Count - 1);
            at += CountOf(shape);
        }
        Truncate(start);
    }

    /// <summary>Enters a tensor. One without elements is passed over: [] says neither rank nor meaning.</summary>
    private void AddTensor(int[] shape, int start)
    {
        if (CountOf(shape) == 0) return;
        float[] elements = CollectionsMarshal.AsSpan(_numbers).Slice(start, CountOf(shape)).ToArray();
        _tensors.Add(Path(), new Tensor(elements, shape));
    }

    private void TakeTensor(int[] shape, int start)
    {
        AddTensor(shape, start);
        Truncate(start);
    }

    private static int CountOf(int[] shape) => shape.Aggregate(1, (product, size) => product * size);

    private void Truncate(int count) => CollectionsMarshal.SetCount(_numbers, count);

    private float ReadNumber(ref Utf8JsonReader reader)
    {
        float value = (float)reader.GetDouble();
        if (float.IsFinite(value)) return value;
        throw Refused($"{SourceText.Show(Encoding.UTF8.GetString(reader.ValueSpan))} is no float32");
    }

    private string Path()
    {
        StringBuilder path = new();
        foreach (object part in _path)
        {
            if (part is int index) path.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else if (path.Length > 0) path.Append('.').Append((string)part);
            else path.Append((string)part);
            // A long key around many values must not be copied into each of their names.
            if (path.Length > ContainerLimits.MaxNameLength) break;
        }
        return path.ToString();
    }

    private ConversionException Refused(string what)
    {
        string path = _path.Count == 0 ? "" : $": {SourceText.Show(Path())}";
        return new ConversionException($"{SourceText.Show(_tensors.Source)}{path}: {what}");
    }
}
