using System;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>Sizes of tensors, and index maps between shapes.</summary>
internal static class Sizes
{
    /// <summary>Number of elements; the shape was checked when it was made.</summary>
    public static int Product(ReadOnlySpan<int> shape)
    {
        int product = 1;
        foreach (int size in shape) product = checked(product * size);
        return product;
    }

    /// <summary>Distance between neighbours along each axis.</summary>
    public static int[] Strides(int[] shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    /// <summary>An index map that picks along every axis.</summary>
    /// <param name="shape">Shape of the source.</param>
    /// <param name="picks">For each axis the indices taken, in order.</param>
    public static int[] Pick(int[] shape, int[][] picks)
    {
        int[] strides = Strides(shape), map = [0];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            int[] next = new int[checked(map.Length * picks[axis].Length)];
            int at = 0;
            foreach (int start in map)
            {
                foreach (int index in picks[axis]) next[at++] = start + index * strides[axis];
            }
            map = next;
        }
        return map;
    }

    /// <summary>An index map that permutes the axes: axis i of the result is axis permutation[i] of the source.</summary>
    public static int[] Permute(int[] shape, int[] permutation)
    {
        int[] strides = Strides(shape), map = [0];
        foreach (int axis in permutation)
        {
            int[] next = new int[checked(map.Length * shape[axis])];
            int at = 0;
            foreach (int start in map)
            {
                for (int index = 0; index < shape[axis]; index++) next[at++] = start + index * strides[axis];
            }
            map = next;
        }
        return map;
    }
}
