using System;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>A known tensor of real numbers.</summary>
internal sealed class FloatConstant(float[] data, params int[] shape) : OnnxValue(shape)
{
    public float[] Data { get; } = data;

    /// <summary>Whether all elements are equal.</summary>
    public bool IsUniform => Data.Length > 0 && Data.All(value => value.Equals(Data[0]));

    public override OnnxValue Take(int[] shape, int[] map) => new FloatConstant(Array.ConvertAll(map, index => Data[index]), shape);

    public override OnnxValue WithShape(int[] shape) => new FloatConstant(Data, shape);

    /// <summary>The same numbers as a weight tensor.</summary>
    public Tensor ToTensor() => new(Data, Shape);
}
