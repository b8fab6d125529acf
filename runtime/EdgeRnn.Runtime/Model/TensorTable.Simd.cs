using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// Floats at once in place of one by one; a tensor with a number that is not finite is left to the loop that says which.
internal sealed partial class TensorTable
{
    private const uint ExponentBits = 0x7F800000;

    static partial void CopyFinite(byte[] file, int offset, float[] values, ref bool done)
    {
        if (!BitConverter.IsLittleEndian) return;
        Buffer.BlockCopy(file, offset, values, 0, values.Length * sizeof(float));
        done = AreFinite(MemoryMarshal.Cast<float, uint>(values));
    }

    // Only infinities and NaN have all bits of the exponent.
    private static bool AreFinite(ReadOnlySpan<uint> bits)
    {
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            Vector256<uint> exponent = Vector256.Create(ExponentBits);
            for (; i + Vector256<uint>.Count <= bits.Length; i += Vector256<uint>.Count)
            {
                if (Vector256.EqualsAny(Vector256.Create(bits[i..]) & exponent, exponent)) return false;
            }
        }
        for (; i < bits.Length; i++)
        {
            if ((bits[i] & ExponentBits) == ExponentBits) return false;
        }
        return true;
    }
}
