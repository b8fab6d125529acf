using System;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>A known tensor of whole numbers or truth values, most of them sizes and indices.</summary>
internal sealed class IntConstant(SymbolicInt[] data, params int[] shape) : OnnxValue(shape)
{
    public SymbolicInt[] Data { get; } = data;

    public static IntConstant Vector(params long[] values) =>
        new(Array.ConvertAll(values, value => (SymbolicInt)value), values.Length);

    /// <summary>Whether no element depends on the number of steps or the batch size.</summary>
    public bool IsNumeric => Data.All(value => value.IsNumber);

    public override OnnxValue Take(int[] shape, int[] map) => new IntConstant(Array.ConvertAll(map, index => Data[index]), shape);

    public override OnnxValue WithShape(int[] shape) => new IntConstant(Data, shape);
}
