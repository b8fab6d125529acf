using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>Collects the tensors of all layers and writes section TENS.</summary>
internal sealed class TensorWriter
{
    private readonly List<Tensor> _tensors = [];

    /// <summary>The index of a tensor in the file; a tensor used twice is stored once.</summary>
    public int Add(Tensor tensor)
    {
        int index = _tensors.IndexOf(tensor);
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
        int at = payloadStart + 4 + _tensors.Sum(tensor => 20 + 4 * tensor.Rank);
        foreach (Tensor tensor in _tensors)
        {
            at = Align(at);
            writer.Byte(TensorTable.Float32);
            writer.Byte(tensor.Rank);
            writer.Zeros(2);
            foreach (int size in tensor.Shape) writer.Int32(size);
            writer.Int32(at);
            writer.Int32(4 * tensor.Data.Length);
            writer.Zeros(8);
            at += 4 * tensor.Data.Length;
        }
        foreach (Tensor tensor in _tensors)
        {
            int position = payloadStart + writer.Length;
            writer.Zeros(Align(position) - position);
            writer.Singles(tensor.Data);
        }
        return writer.ToArray();
    }

    private static int Align(int at) =>
        (at + TensorTable.DataAlignment - 1) / TensorTable.DataAlignment * TensorTable.DataAlignment;
}
