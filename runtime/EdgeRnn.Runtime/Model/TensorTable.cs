using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// The tensors of a file (FORMAT.md, section TENS). Every place, size and shape is proven, every number is finite, and every
/// tensor is used by a layer.
/// </summary>
internal sealed class TensorTable
{
    /// <summary>Element types and their numbers in the file; this runtime reads float32.</summary>
    public const int Float32 = 0;

    public const int DataAlignment = 64;

    private const int MaxRank = 3;

    private readonly int[][] _shapes;
    private readonly float[][] _values;
    private readonly bool[] _used;
    private long _sharedElements;

    public TensorTable(SectionTable sections)
    {
        byte[] file = sections.File;
        ByteReader reader = sections.Require("TENS");
        int count = reader.Count(0, ModelLimits.MaxTensors, "tensor count");
        _shapes = new int[count][];
        _values = new float[count][];
        _used = new bool[count];
        int[] offsets = new int[count];
        for (int i = 0; i < count; i++) offsets[i] = ReadRecord(reader, i);
        int at = reader.Position, end = sections.End("TENS");
        for (int i = 0; i < count; i++) at = ReadData(file, i, offsets[i], at, end);
        if (at != end)
        {
            throw new ModelException(ModelErrorCode.BadTensor, "TENS: " + (end - at).ToString() +
                " bytes after the last tensor, expected none");
        }
    }

    /// <summary>The number of tensors.</summary>
    public int Count => _shapes.Length;

    /// <summary>The number of weights in all tensors.</summary>
    public int ElementCount
    {
        get
        {
            int total = 0;
            for (int i = 0; i < _values.Length; i++) total += _values[i].Length;
            return total;
        }
    }

    /// <summary>The elements of a tensor, row-major, after checking that it has the shape a layer needs.</summary>
    public float[] Take(int index, string layer, string role, int[] shape)
    {
        int[] found = _shapes[index];
        bool equal = found.Length == shape.Length;
        for (int i = 0; equal && i < shape.Length; i++) equal = found[i] == shape[i];
        if (!equal)
        {
            throw new ModelException(ModelErrorCode.BadTensor, layer + ": " + role + " (tensor " + index.ToString() + ") is " +
                ShapeText(found) + ", expected " + ShapeText(shape));
        }
        if (_used[index]) CountSharedUse(_values[index].Length, layer, role);
        _used[index] = true;
        return _values[index];
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

    // Without this bound a thousand layers over one large tensor would reserve a thousand times the file.
    private void CountSharedUse(int elements, string layer, string role)
    {
        _sharedElements += elements;
        if (_sharedElements > ModelLimits.MaxSharedElements)
        {
            throw new ModelException(ModelErrorCode.LimitExceeded, layer + ": " + role + " use tensors of other layers again, " +
                _sharedElements.ToString() + " elements so far, at most " +
                ModelLimits.MaxSharedElements.ToString() + " are allowed");
        }
    }

    private int ReadRecord(ByteReader reader, int index)
    {
        string field = "tensor " + index.ToString() + " ";
        int type = reader.Choice(0, 4, field + "element type");
        if (type != Float32)
        {
            throw new ModelException(ModelErrorCode.UnsupportedVersion, "TENS: " + field + "has element type " + type.ToString() +
                ", this runtime reads 0 (float32)");
        }
        int rank = reader.Choice(1, MaxRank, field + "rank");
        reader.Zeros(2, field + "fraction bits and scale layout of a float32 tensor");
        int[] shape = new int[rank];
        long elements = 1;
        for (int axis = 0; axis < rank; axis++)
        {
            shape[axis] = reader.Count(1, int.MaxValue, field + "axis");
            elements *= shape[axis];
            if (elements > int.MaxValue / 4) ThrowSize(field, elements);
        }
        int offset = reader.Count(0, int.MaxValue, field + "offset");
        reader.Count((int)elements * 4, (int)elements * 4, field + "length");
        reader.Zeros(8, field + "scales of a float32 tensor");
        _shapes[index] = shape;
        return offset;
    }

    // Tensors stand in the order of their records, each at the first aligned place after the one before.
    private int ReadData(byte[] file, int index, int offset, int at, int end)
    {
        int expected = (at + DataAlignment - 1) / DataAlignment * DataAlignment;
        int[] shape = _shapes[index];
        int elements = 1;
        for (int axis = 0; axis < shape.Length; axis++) elements *= shape[axis];
        if (offset != expected || elements * 4 > end - offset)
        {
            throw new ModelException(ModelErrorCode.BadTensor, "TENS: tensor " + index.ToString() + " at byte " +
                offset.ToString() + " needs " + (elements * 4).ToString() + " bytes, expected at byte " + expected.ToString() +
                " and to end by byte " + end.ToString());
        }
        new ByteReader(file, at, end, "TENS").Zeros(offset - at, "padding");
        float[] values = new float[elements];
        for (int i = 0; i < elements; i++)
        {
            float value = BitConverter.ToSingle(file, offset + 4 * i);
            if (!(value >= float.MinValue && value <= float.MaxValue))
            {
                throw new ModelException(ModelErrorCode.BadTensor, "TENS: element " + i.ToString() + " of tensor " +
                    index.ToString() + " is not a finite number");
            }
            values[i] = value;
        }
        _values[index] = values;
        return offset + 4 * elements;
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
