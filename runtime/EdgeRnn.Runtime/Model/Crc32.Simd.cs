using System;
using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmCrc32 = System.Runtime.Intrinsics.Arm.Crc32;

namespace EdgeRnn.Runtime;

// The same checksum many bytes at a time: arm64 has an instruction for this polynomial; x64 multiplies without carries, as in Gopal et
// al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction" (Intel, 2009), with four runs of 16 bytes.
internal static partial class Crc32
{
    private const int RunBytes = 16;
    private const int BlockBytes = 4 * RunBytes;

    // x^n modulo the polynomial, reflected: what carries the two halves of a run over 64 bytes and over 16.
    private static readonly Vector128<ulong> _overBlock = Vector128.Create(0x0154442BD4UL, 0x01C6E41596UL);
    private static readonly Vector128<ulong> _overRun = Vector128.Create(0x01751997D0UL, 0x00CCAA009EUL);

    static partial void FoldVectors(byte[] data, ref int offset, ref int length, ref uint crc)
    {
        ReadOnlySpan<byte> bytes = data.AsSpan(offset, length);
        int taken = 0;
        if (ArmCrc32.Arm64.IsSupported)
        {
            for (; taken + sizeof(ulong) <= bytes.Length; taken += sizeof(ulong))
                crc = ArmCrc32.Arm64.ComputeCrc32(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes[taken..]));
        }
        else if (Pclmulqdq.IsSupported && length >= BlockBytes)
        {
            (crc, taken) = FoldRuns(crc, bytes);
        }
        offset += taken;
        length -= taken;
    }

    private static (uint Crc, int Taken) FoldRuns(uint crc, ReadOnlySpan<byte> bytes)
    {
        Vector128<ulong> a = Run(bytes) ^ Vector128.CreateScalar((ulong)crc), b = Run(bytes[RunBytes..]);
        Vector128<ulong> c = Run(bytes[(2 * RunBytes)..]), d = Run(bytes[(3 * RunBytes)..]);
        int taken = BlockBytes;
        for (; taken + BlockBytes <= bytes.Length; taken += BlockBytes)
        {
            ReadOnlySpan<byte> block = bytes.Slice(taken, BlockBytes);
            a = Carry(a, _overBlock) ^ Run(block);
            b = Carry(b, _overBlock) ^ Run(block[RunBytes..]);
            c = Carry(c, _overBlock) ^ Run(block[(2 * RunBytes)..]);
            d = Carry(d, _overBlock) ^ Run(block[(3 * RunBytes)..]);
        }
        a = Carry(a, _overRun) ^ b;
        a = Carry(a, _overRun) ^ c;
        a = Carry(a, _overRun) ^ d;
        for (; taken + RunBytes <= bytes.Length; taken += RunBytes) a = Carry(a, _overRun) ^ Run(bytes[taken..]);

        // The 16 bytes left have the checksum of all before them.
        uint result = 0;
        for (int word = 0; word < RunBytes / sizeof(uint); word++) result = Add(result, a.AsInt32().GetElement(word), sizeof(uint));
        return (result, taken);
    }

    private static Vector128<ulong> Run(ReadOnlySpan<byte> bytes) => Vector128.Create(bytes).AsUInt64();

    private static Vector128<ulong> Carry(Vector128<ulong> run, Vector128<ulong> over) =>
        Pclmulqdq.CarrylessMultiply(run, over, 0x00) ^ Pclmulqdq.CarrylessMultiply(run, over, 0x11);
}
