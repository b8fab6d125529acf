using System;
using System.Runtime.InteropServices;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>A tensor as it lies in the file (runtime/FORMAT.md, section TENS).</summary>
/// <param name="Type">A number of <see cref="ElementType"/>.</param>
/// <param name="FractionBits">Of int32 elements; 0 for other types.</param>
/// <param name="Shape">Size of each axis, outermost first.</param>
/// <param name="Data">Elements, little-endian.</param>
/// <param name="Scales">Blocks, scales and multipliers; empty for types without.</param>
internal sealed record StoredTensor(int Type, int FractionBits, int[] Shape, byte[] Data, byte[] Scales)
{
    /// <summary>The float tensor this was made of, so that a tensor used twice is stored once; null for integers.</summary>
    public Tensor? Source { get; private init; }

    /// <summary>A number of the scale layouts.</summary>
    public int ScaleLayout => !ElementType.IsScaled(Type) ? TensorTable.NoScales
        : Type == ElementType.Int4 ? TensorTable.ScalePerGroup : TensorTable.ScalePerRow;

    public static StoredTensor Of(Tensor tensor)
    {
        ByteWriter writer = new();
        writer.Singles(tensor.Data);
        return new StoredTensor(ElementType.Float32, 0, tensor.Shape, writer.ToArray(), []) { Source = tensor };
    }

    /// <summary>A vector of integers with so many fraction bits.</summary>
    public static StoredTensor Of(int[] values, int fractionBits) => new(ElementType.Int32, fractionBits, [values.Length],
        MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), []);

    /// <summary>Whether both are stored in one place.</summary>
    public bool IsSame(StoredTensor other) => ReferenceEquals(this, other) || (Source != null && Source == other.Source);
}
