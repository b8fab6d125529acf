using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// The tensors of a file (FORMAT.md, section TENS). Every place, size and shape is proven, every number is in range, and every
/// tensor is used by a layer.
/// </summary>
internal sealed partial class TensorTable
{
    public const int DataAlignment = 64;

    /// <summary>Scale layouts and their numbers in the file.</summary>
    public const int NoScales = 0;

    public const int ScalePerRow = 2;

    public const int ScalePerGroup = 3;

    private const int MaxRank = 3;

    private readonly int[] _types;
    private readonly int[] _fractionBits;
    private readonly int[][] _shapes;
    private readonly float[]?[] _floats;
    private readonly int[]?[] _integers;
    private readonly QuantizedTensor?[] _weights;
    private readonly int[] _scaleLengths;
    private readonly bool[] _used;
    private long _sharedElements;

    /// <param name="sections">The file.</param>
    /// <param name="packing">How layers lay out what they take from here.</param>
    public TensorTable(SectionTable sections, WeightPacking packing)
    {
        Packing = packing;
        byte[] file = sections.File;
        ByteReader reader = sections.Require("TENS");
        int count = reader.Count(0, ModelLimits.MaxTensors, "tensor count");
        bool quantized = sections.ArithmeticVersion != 0;
        _types = new int[count];
        _fractionBits = new int[count];
        _shapes = new int[count][];
        _floats = new float[count][];
        _integers = new int[count][];
        _weights = new QuantizedTensor[count];
        _scaleLengths = new int[count];
        _used = new bool[count];
        int[] offsets = new int[count];
        for (int i = 0; i < count; i++) offsets[i] = ReadRecord(reader, i, quantized);
        int at = reader.Position, end = sections.End("TENS");
        for (int i = 0; i < count; i++) at = ReadData(file, i, offsets[i], at, end);
        if (at != end)
        {
            throw new ModelException(ModelErrorCode.BadTensor, "TENS: " + (end - at).ToString() +
                " bytes after the last tensor, expected none");
        }
    }

    /// <summary>How the weights of the model are laid out.</summary>
    public WeightPacking Packing { get; }

    /// <summary>The number of tensors.</summary>
    public int Count => _shapes.Length;

    /// <summary>The number of weights in all tensors.</summary>
    public int ElementCount
    {
        get
        {
            int total = 0;
            for (int i = 0; i < _shapes.Length; i++) total += (int)Elements(i);
            return total;
        }
    }

    /// <summary>Bytes of all tensors with their scales, without padding.</summary>
    public int ByteCount
    {
        get
        {
            int total = 0;
            for (int i = 0; i < _shapes.Length; i++) total += BytesOf(i);
            return total;
        }
    }

    /// <summary>Bytes of a tensor with its scales, without padding.</summary>
    public int BytesOf(int index) => (int)DataBytes(index) + _scaleLengths[index];

    /// <summary>The elements of a float32 tensor, row-major, after checking that it has the shape a layer needs.</summary>
    public float[] Take(int index, string layer, string role, int[] shape)
    {
        RequireType(_types[index] == ElementType.Float32, index, layer, role, "float32");
        Use(index, layer, role, shape);
        return _floats[index]!;
    }

    /// <summary>The elements of an int32 tensor with the fraction bits a layer needs.</summary>
    public int[] TakeIntegers(int index, string layer, string role, int[] shape, int fractionBits)
    {
        RequireType(_types[index] == ElementType.Int32, index, layer, role, "int32");
        Use(index, layer, role, shape);
        if (_fractionBits[index] != fractionBits)
        {
            throw new ModelException(ModelErrorCode.BadTensor, layer + ": " + role + " (tensor " + index.ToString() + ") have " +
                _fractionBits[index].ToString() + " fraction bits, expected " + fractionBits.ToString());
        }
        return _integers[index]!;
    }

    /// <summary>Integer weights with scales.</summary>
    public QuantizedTensor TakeWeights(int index, string layer, string role, int[] shape)
    {
        RequireType(ElementType.IsScaled(_types[index]), index, layer, role, "int16, int8 or int4");
        Use(index, layer, role, shape);
        return _weights[index]!;
    }

    /// <summary>The shape of a tensor, before it is known what a layer expects.</summary>
    public int[] Shape(int index) => _shapes[index];

    /// <summary>Checks that no tensor was left over.</summary>
    public void RequireAllUsed()
    {
        for (int i = 0; i < _used.Length; i++)
        {
            if (!_used[i])
                throw new ModelException(ModelErrorCode.BadTensor, "TENS: tensor " + i.ToString() + " is used by no layer");
        }
    }

    private static void RequireType(bool fits, int index, string layer, string role, string expected)
    {
        if (fits) return;
        throw new ModelException(ModelErrorCode.BadTensor, layer + ": " + role + " (tensor " + index.ToString() +
            ") have another element type, expected " + expected);
    }

    private void Use(int index, string layer, string role, int[] shape)
    {
        int[] found = _shapes[index];
        bool equal = found.Length == shape.Length;
        for (int i = 0; equal && i < shape.Length; i++) equal = found[i] == shape[i];
        if (!equal)
        {
            throw new ModelException(ModelErrorCode.BadTensor, layer + ": " + role + " (tensor " + index.ToString() + ") is " +
                ShapeText(found) + ", expected " + ShapeText(shape));
        }
        if (_used[index]) CountSharedUse(Elements(index) + ScaleElements(index), layer, role);
        _used[index] = true;
    }

    // Without this bound a thousand layers over one large tensor would reserve a thousand times the file.
    private void CountSharedUse(long elements, string layer, string role)
    {
        _sharedElements += elements;
        if (_sharedElements > ModelLimits.MaxSharedElements)
        {
            throw new ModelException(ModelErrorCode.LimitExceeded, layer + ": " + role + " use tensors of other layers again, " +
                _sharedElements.ToString() + " elements so far, at most " +
                ModelLimits.MaxSharedElements.ToString() + " are allowed");
        }
    }

    private long ScaleElements(int index)
    {
        QuantizedTensor? weights = _weights[index];
        return weights == null ? 0 : (long)ModelLimits.ElementsPerScale * weights.Exponents.Length;
    }

    private int ReadRecord(ByteReader reader, int index, bool quantized)
    {
        string field = "tensor " + index.ToString() + " ";
        int type = reader.Choice(0, quantized ? ElementType.Int4 : ElementType.Float32, field + "element type");
        int rank = reader.Choice(1, MaxRank, field + "rank");
        int bits = type == ElementType.Int32 ? QuantizedLimits.MaxPreActivationBits : 0;
        _fractionBits[index] = reader.SignedChoice(-bits, bits, field + "fraction bits");
        int layout = type == ElementType.Int4 ? ScalePerGroup : ElementType.IsScaled(type) ? ScalePerRow : NoScales;
        reader.Choice(layout, layout, field + "scale layout");
        int[] shape = new int[rank];
        long elements = 1;
        for (int axis = 0; axis < rank; axis++)
        {
            shape[axis] = reader.Count(1, int.MaxValue, field + "axis");
            elements *= shape[axis];
            if (elements > int.MaxValue / 4) ThrowSize(field, elements);
        }
        _types[index] = type;
        _shapes[index] = shape;
        int offset = reader.Count(0, int.MaxValue, field + "offset");
        int length = (int)DataBytes(index);
        reader.Count(length, length, field + "length");
        if (!ElementType.IsScaled(type))
        {
            reader.Zeros(8, field + "scales");
            return offset;
        }
        long scales = ((long)offset + length + 3) / 4 * 4;
        if (scales > int.MaxValue) ThrowSize(field, elements);
        reader.Count((int)scales, (int)scales, field + "scale offset");
        _scaleLengths[index] = reader.Count(8, int.MaxValue, field + "scale length");
        return offset;
    }

    // Tensors stand in the order of their records, each at the first aligned place after the one before.
    private int ReadData(byte[] file, int index, int offset, int at, int end)
    {
        int expected = (at + DataAlignment - 1) / DataAlignment * DataAlignment;
        int length = (int)DataBytes(index), scales = _scaleLengths[index];
        int padding = scales == 0 ? 0 : -(offset + length) & 3;
        if (offset != expected || (long)length + padding + scales > end - offset)
        {
            throw new ModelException(ModelErrorCode.BadTensor, "TENS: tensor " + index.ToString() + " at byte " +
                offset.ToString() + " needs " + ((long)length + padding + scales).ToString() + " bytes, expected at byte " +
                expected.ToString() + " and to end by byte " + end.ToString());
        }
        new ByteReader(file, at, end, "TENS").Zeros(offset - at, "padding");
        int dataEnd = offset + length;
        if (_types[index] == ElementType.Float32) _floats[index] = ReadFloats(file, index, offset);
        if (_types[index] == ElementType.Int32) _integers[index] = ReadIntegers(file, index, offset);
        if (!ElementType.IsScaled(_types[index])) return dataEnd;
        new ByteReader(file, dataEnd, end, "TENS").Zeros(padding, "padding");
        ByteReader reader = new ByteReader(file, dataEnd + padding, dataEnd + padding + scales, "TENS");
        _weights[index] = new QuantizedTensor(file, "tensor " + index.ToString(), _types[index], _shapes[index][0],
            (int)(Elements(index) / _shapes[index][0]), offset, reader);
        return dataEnd + padding + scales;
    }

    private float[] ReadFloats(byte[] file, int index, int offset)
    {
        float[] values = new float[(int)Elements(index)];
        bool done = false;
        CopyFinite(file, offset, values, ref done);
        if (done) return values;
        for (int i = 0; i < values.Length; i++)
        {
            float value = BitConverter.ToSingle(file, offset + 4 * i);
            if (!(value >= float.MinValue && value <= float.MaxValue))
            {
                throw new ModelException(ModelErrorCode.BadTensor, "TENS: element " + i.ToString() + " of tensor " +
                    index.ToString() + " is not a finite number");
            }
            values[i] = value;
        }
        return values;
    }

    // Takes all at once where none is an infinity or NaN.
    static partial void CopyFinite(byte[] file, int offset, float[] values, ref bool done);

    private int[] ReadIntegers(byte[] file, int index, int offset)
    {
        int[] values = new int[(int)Elements(index)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.ToInt32(file, offset + 4 * i);
            if (values[i] > QuantizedLimits.MaxInteger || values[i] < -QuantizedLimits.MaxInteger)
            {
                throw new ModelException(ModelErrorCode.BadTensor, "TENS: element " + i.ToString() + " of tensor " +
                    index.ToString() + " is " + values[i].ToString() + ", expected at most " +
                    QuantizedLimits.MaxInteger.ToString() + " either way");
            }
        }
        return values;
    }

    private long Elements(int index)
    {
        long elements = 1;
        int[] shape = _shapes[index];
        for (int axis = 0; axis < shape.Length; axis++) elements *= shape[axis];
        return elements;
    }

    private long DataBytes(int index)
    {
        if (!ElementType.IsScaled(_types[index])) return 4 * Elements(index);
        return QuantizedTensor.DataBytes(_types[index], _shapes[index][0], Elements(index) / _shapes[index][0]);
    }

    private static void ThrowSize(string field, long elements)
    {
        throw new ModelException(ModelErrorCode.LimitExceeded, "TENS: " + field + "has " + elements.ToString() +
            " elements or more, expected at most " + (int.MaxValue / 4).ToString());
    }

    internal static string ShapeText(int[] shape)
    {
        string text = "[";
        for (int i = 0; i < shape.Length; i++) text += (i > 0 ? ", " : "") + shape[i].ToString();
        return text + "]";
    }
}
