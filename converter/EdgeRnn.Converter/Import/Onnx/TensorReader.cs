using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Import.Onnx.Proto;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>Reads a stored tensor. Types and where their elements stand are those of the ONNX format (TensorProto).</summary>
internal static class TensorReader
{
    /// <summary>Elements of one tensor of whole numbers: they are sizes and indices, never weights.</summary>
    private const int MaxIntegers = 1 << 20;

    private const int External = 1;

    /// <summary>The tensor: real numbers as float32, whole numbers and truth values as they are.</summary>
    /// <param name="tensor">The message.</param>
    /// <param name="where">Names it in messages.</param>
    public static OnnxValue Read(TensorProto tensor, string where)
    {
        if (tensor.DataLocation == External || tensor.ExternalData.Count > 0)
        {
            string file = tensor.ExternalData.FirstOrDefault(entry => entry.Key == "location")?.Value ?? "another file";
            throw new ConversionException($"{where}: its elements are outside the model, in '{SourceText.Show(file)}'; save the model " +
                "with the weights inside (onnx.save_model with save_as_external_data=False)");
        }
        long count = ElementCount.Of(tensor.Dims, where);
        int[] shape = [.. tensor.Dims.Select(size => (int)size)];
        (ElementType type, string name) = TypeOf(tensor.DataType, where);
        if (IsReal(type)) return new FloatConstant(Reals(tensor, type, count, where, name), shape);
        if (count > MaxIntegers)
            throw new ConversionException($"{where}: {count} elements of type {name}, at most {MaxIntegers} are read; weights must be float");
        return new IntConstant(Integers(tensor, type, (int)count, where, name), shape);
    }

    /// <summary>Whether elements of a type are real numbers (true) or whole numbers (false).</summary>
    /// <param name="dataType">The number a type has in the ONNX format.</param>
    /// <param name="where">Names its owner in messages.</param>
    public static bool IsReal(int dataType, string where) => IsReal(TypeOf(dataType, where).Type);

    private static bool IsReal(ElementType type) =>
        type is ElementType.Float32 or ElementType.Float64 or ElementType.Float16 or ElementType.BFloat16;

    private static float[] Reals(TensorProto tensor, ElementType type, long count, string where, string name)
    {
        if (tensor.RawData.Length > 0 || count == 0) return ElementTypes.ReadAll(Raw(tensor, type, count, where, name), type, (int)count);
        return type switch
        {
            ElementType.Float32 => Exactly(tensor.FloatData, count, where, name, value => value),
            ElementType.Float64 => Exactly(tensor.DoubleData, count, where, name, value => (float)value),
            ElementType.Float16 => Exactly(tensor.Int32Data, count, where, name, value => (float)BitConverter.Int16BitsToHalf((short)value)),
            // A bfloat16 is the upper half of a float32.
            _ => Exactly(tensor.Int32Data, count, where, name, value => BitConverter.Int32BitsToSingle(value << 16)),
        };
    }

    private static SymbolicInt[] Integers(TensorProto tensor, ElementType type, int count, string where, string name)
    {
        if (tensor.RawData.Length > 0 || count == 0)
        {
            byte[] raw = Raw(tensor, type, count, where, name).ToArray();
            SymbolicInt[] values = new SymbolicInt[count];
            for (int i = 0; i < count; i++) values[i] = ElementTypes.ReadInteger(raw, type, i);
            return values;
        }
        return type switch
        {
            ElementType.Int64 => Exactly(tensor.Int64Data, count, where, name, value => (SymbolicInt)value),
            ElementType.UInt32 or ElementType.UInt64 => Exactly(tensor.Uint64Data, count, where, name, value => (SymbolicInt)(long)value),
            _ => Exactly(tensor.Int32Data, count, where, name, value => (SymbolicInt)value),
        };
    }

    private static ReadOnlySpan<byte> Raw(TensorProto tensor, ElementType type, long count, string where, string name)
    {
        long expected = count * ElementTypes.SizeOf(type);
        if (tensor.RawData.Length != expected) throw WrongLength(where, $"{expected} bytes of {name}", $"{tensor.RawData.Length}");
        return tensor.RawData.Span;
    }

    private static TTo[] Exactly<TFrom, TTo>(IReadOnlyCollection<TFrom> stored, long count, string where, string name, Func<TFrom, TTo> convert)
    {
        if (stored.Count != count) throw WrongLength(where, $"{count} elements of {name}", $"{stored.Count}");
        return [.. stored.Select(convert)];
    }

    private static ConversionException WrongLength(string where, string expected, string found) =>
        new($"{where}: its shape needs {expected}, the file has {found}; export the model again");

    private static (ElementType Type, string Name) TypeOf(int dataType, string where) => dataType switch
    {
        1 => (ElementType.Float32, "float"),
        2 => (ElementType.UInt8, "uint8"),
        3 => (ElementType.Int8, "int8"),
        4 => (ElementType.UInt16, "uint16"),
        5 => (ElementType.Int16, "int16"),
        6 => (ElementType.Int32, "int32"),
        7 => (ElementType.Int64, "int64"),
        9 => (ElementType.Bool, "bool"),
        10 => (ElementType.Float16, "float16"),
        11 => (ElementType.Float64, "double"),
        12 => (ElementType.UInt32, "uint32"),
        13 => (ElementType.UInt64, "uint64"),
        16 => (ElementType.BFloat16, "bfloat16"),
        8 => throw new ConversionException($"{where}: holds text, which no layer can use; remove the text part of the model"),
        _ => throw new ConversionException($"{where}: element type {dataType} is not supported; expected float, double, float16, " +
            "bfloat16, an integer type or bool"),
    };
}
