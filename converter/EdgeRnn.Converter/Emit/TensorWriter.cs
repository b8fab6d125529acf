using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>Collects the tensors of all layers and writes section TENS.</summary>
internal sealed class TensorWriter
{
    private readonly List<StoredTensor> _tensors = [];

    /// <summary>The index of a tensor in the file; a tensor used twice is stored once.</summary>
    public int Add(StoredTensor tensor)
    {
        int index = _tensors.FindIndex(tensor.IsSame);
        if (index >= 0) return index;
        _tensors.Add(tensor);
        return _tensors.Count - 1;
    }

    /// <summary>The section's payload.</summary>
    /// <param name="payloadStart">Where in the file it will begin; data is aligned in the file, not in the section.</param>
    public byte[] Write(int payloadStart)
    {
        ByteWriter writer = new();
        writer.Int32(_tensors.Count);
        int at = payloadStart + 4 + _tensors.Sum(tensor => 20 + 4 * tensor.Shape.Length);
        foreach (StoredTensor tensor in _tensors)
        {
            at = Align(at, TensorTable.DataAlignment);
            int end = at + tensor.Data.Length, scales = Align(end, 4);
            bool scaled = tensor.Scales.Length > 0;
            writer.Byte(tensor.Type);
            writer.Byte(tensor.Shape.Length);
            writer.Byte(tensor.FractionBits & 0xFF);
            writer.Byte(tensor.ScaleLayout);
            foreach (int size in tensor.Shape) writer.Int32(size);
            writer.Int32(at);
            writer.Int32(tensor.Data.Length);
            writer.Int32(scaled ? scales : 0);
            writer.Int32(tensor.Scales.Length);
            at = scaled ? scales + tensor.Scales.Length : end;
        }
        foreach (StoredTensor tensor in _tensors)
        {
            Pad(writer, payloadStart, TensorTable.DataAlignment);
            writer.Bytes(tensor.Data);
            if (tensor.Scales.Length == 0) continue;
            Pad(writer, payloadStart, 4);
            writer.Bytes(tensor.Scales);
        }
        return writer.ToArray();
    }

    private static void Pad(ByteWriter writer, int payloadStart, int alignment)
    {
        int position = payloadStart + writer.Length;
        writer.Zeros(Align(position, alignment) - position);
    }

    private static int Align(int at, int alignment) => (at + alignment - 1) / alignment * alignment;
}
