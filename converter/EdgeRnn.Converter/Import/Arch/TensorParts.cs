using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>The operations of a tensor reference that pick a part of a tensor or see it under another shape.</summary>
internal static class TensorParts
{
    private const int MostAxes = 4;

    /// <summary>A shape: one to four sizes of one or more.</summary>
    public static int[] Shape(SourceValue value)
    {
        IReadOnlyList<SourceValue> sizes = value.AsList();
        if (sizes.Count > MostAxes) throw value.Fail($"expected at most {MostAxes} axes, found {sizes.Count}");
        return [.. sizes.Select(size => size.AsInteger(1))];
    }

    /// <summary>Elements of a shape; saturates instead of overflowing.</summary>
    public static long Count(int[] shape)
    {
        long count = 1;
        foreach (int size in shape) count = count > int.MaxValue ? count : count * size;
        return count;
    }

    /// <summary>
    /// A run of elements of the flattened tensor under a shape of its own: <c>{"offset": 48, "shape": [12]}</c>.
    /// </summary>
    public static Tensor Flat(Tensor tensor, SourceValue piece)
    {
        SourceObject body = piece.AsObject();
        int offset = body.Required("offset").AsInteger(0);
        int[] shape = Shape(body.Required("shape"));
        body.Close();
        long count = Count(shape);
        if (offset + count > tensor.Data.Length)
            throw piece.Fail($"elements {offset} to {offset + count - 1} are asked for, the tensor has {tensor.Data.Length}");
        return new Tensor(tensor.Data.AsSpan(offset, (int)count).ToArray(), shape);
    }

    /// <summary>The same elements under another shape.</summary>
    public static Tensor Reshape(Tensor tensor, SourceValue value)
    {
        int[] shape = Shape(value);
        long count = Count(shape);
        if (count != tensor.Data.Length)
            throw value.Fail($"expected a shape for the {tensor.Data.Length} elements of {tensor.ShapeText}, found {count}");
        return tensor.Reshape(shape);
    }

    /// <summary>Part of the outermost axis.</summary>
    public static Tensor Rows(Tensor tensor, SourceValue range)
    {
        if (tensor.Rank == 0) throw range.Fail("a scalar has no rows");
        (int offset, int size) = Range(range, tensor.Shape[0], "rows");
        return tensor.Rows(offset, size);
    }

    /// <summary>Part of the columns of a matrix.</summary>
    public static Tensor Columns(Tensor tensor, SourceValue range)
    {
        if (tensor.Rank != 2) throw range.Fail($"expected a matrix, found {tensor.ShapeText}; add \"reshape\"");
        (int offset, int size) = Range(range, tensor.Shape[1], "columns");
        return tensor.Columns(offset, size);
    }

    /// <summary>The transpose of a matrix.</summary>
    public static Tensor Transpose(Tensor tensor, SourceValue flag) => tensor.Rank == 2 ? tensor.Transpose()
        : throw flag.Fail($"only a matrix can be transposed, found {tensor.ShapeText}; add \"reshape\"");

    private static (int Offset, int Size) Range(SourceValue range, int available, string what)
    {
        SourceObject body = range.AsObject();
        int offset = body.Required("offset").AsInteger(0);
        int size = body.Required("size").AsInteger(1);
        body.Close();
        if ((long)offset + size > available)
            throw range.Fail($"{what} {offset} to {(long)offset + size - 1} are asked for, there are {available}");
        return (offset, size);
    }
}
