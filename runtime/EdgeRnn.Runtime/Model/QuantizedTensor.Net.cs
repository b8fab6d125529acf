using System;

namespace EdgeRnn.Runtime;

// Weights at once in place of one by one; a tensor with one out of range is left to the loop that says which.
internal sealed partial class QuantizedTensor
{
    static partial void CopySymmetric(byte[] file, int at, sbyte[] weights, ref bool done)
    {
        Buffer.BlockCopy(file, at, weights, 0, weights.Length);
        done = !weights.AsSpan().Contains(sbyte.MinValue);
    }
}
