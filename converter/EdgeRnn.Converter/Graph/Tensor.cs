using System;
using System.Linq;

namespace EdgeRnn.Converter.Graph;

/// <summary>A float32 tensor, row-major. The arrays belong to the tensor and are not changed after construction.</summary>
public sealed class Tensor
{
    /// <summary>Wraps data without copying it.</summary>
    /// <param name="data">Elements, last axis fastest; as many as the product of the shape.</param>
    /// <param name="shape">Size of each axis, outermost first; empty for a scalar.</param>
    /// <exception cref="ArgumentException">The element count and the shape disagree.</exception>
    public Tensor(float[] data, params int[] shape)
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        if (count != data.Length)
            throw new ArgumentException($"shape {Describe(shape)} holds {count} elements, the data has {data.Length}");
        Data = data;
        Shape = shape;
    }

    /// <summary>The elements, last axis fastest.</summary>
    public float[] Data { get; }

    /// <summary>The size of each axis, outermost first.</summary>
    public int[] Shape { get; }

    /// <summary>The number of axes.</summary>
    public int Rank => Shape.Length;

    /// <summary>The shape as text, for messages: <c>[48, 16]</c>.</summary>
    public string ShapeText => Describe(Shape);

    /// <summary>The same elements under another shape of equal size.</summary>
    public Tensor Reshape(params int[] shape) => new(Data, shape);

    /// <summary>The transpose of a matrix: [rows, columns] becomes [columns, rows].</summary>
    /// <exception cref="InvalidOperationException">The tensor is not a matrix.</exception>
    public Tensor Transpose()
    {
        if (Rank != 2) throw new InvalidOperationException($"only a matrix can be transposed, this is {ShapeText}");
        int rows = Shape[0], columns = Shape[1];
        float[] transposed = new float[Data.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                transposed[column * rows + row] = Data[row * columns + column];
        }
        return new Tensor(transposed, columns, rows);
    }

    /// <summary>Part of the outermost axis: rows [start, start + count).</summary>
    public Tensor Rows(int start, int count)
    {
        int rowSize = Shape.Skip(1).Aggregate(1, (product, size) => product * size);
        int[] shape = [count, .. Shape.Skip(1)];
        return new Tensor(Data.AsSpan(start * rowSize, count * rowSize).ToArray(), shape);
    }

    /// <summary>Part of the columns of a matrix: columns [start, start + count).</summary>
    public Tensor Columns(int start, int count)
    {
        int rows = Shape[0], columns = Shape[1];
        float[] part = new float[rows * count];
        for (int row = 0; row < rows; row++)
            Array.Copy(Data, row * columns + start, part, row * count, count);
        return new Tensor(part, rows, count);
    }

    /// <summary>Every element times a factor, for weights stored as integers with a scale.</summary>
    public Tensor Scale(float factor) => new(Array.ConvertAll(Data, value => value * factor), Shape);

    private static string Describe(int[] shape) => "[" + string.Join(", ", shape) + "]";
}
