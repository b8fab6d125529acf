using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Converter.Measure;

/// <summary>
/// The least a step can take whose weights are read from the same place each time: a loop that only reads a block of as many bytes, forward,
/// from its aligned start, with the widest loads of this machine into eight sums, and nothing but an add. A step that walks its weights in
/// alternate directions finds more of them in the cache and can be faster.
/// </summary>
public sealed class StreamLimit
{
    private const int Seed = 20240604;

    private readonly AlignedBlock _block;
    private long _sink;

    /// <param name="bytes">Bytes of weights, at least 1; read rounded up to whole cache lines.</param>
    public StreamLimit(int bytes)
    {
        _block = new AlignedBlock(bytes);
        new Random(Seed).NextBytes(_block.Bytes);
    }

    /// <summary>Bytes read in one walk.</summary>
    public int ByteCount => _block.PaddedCount;

    /// <summary>The block, for what wants to know whether every byte is read.</summary>
    internal Span<byte> Bytes => _block.Bytes;

    /// <summary>Walks over the block.</summary>
    /// <param name="times">How often.</param>
    public void Run(int times) => _sink += Sum(times);

    /// <summary>The sum of all walks, which differs when one byte does.</summary>
    internal long Sum(int times)
    {
        ref byte first = ref _block.First;
        int bytes = _block.PaddedCount;
        if (Vector512.IsHardwareAccelerated) return Read<Stream512, Vector512<long>>(ref first, bytes, times);
        if (Vector256.IsHardwareAccelerated) return Read<Stream256, Vector256<long>>(ref first, bytes, times);
        if (Vector128.IsHardwareAccelerated) return Read<Stream128, Vector128<long>>(ref first, bytes, times);
        return Read<StreamScalar, long>(ref first, bytes, times);
    }

    // Compiled once and fully, so that no walk is timed half compiled.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Read<TLanes, TSum>(ref byte first, int bytes, int times) where TLanes : struct, IStreamLanes<TSum> where TSum : struct
    {
        int width = Unsafe.SizeOf<TSum>(), whole = bytes / (8 * width) * (8 * width);
        TSum a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (; times > 0; times--)
        {
            ref byte at = ref first;
            ref byte wholeEnd = ref Unsafe.Add(ref first, whole);
            ref byte end = ref Unsafe.Add(ref first, bytes);
            while (Unsafe.IsAddressLessThan(ref at, ref wholeEnd))
            {
                a = TLanes.Add(a, ref at);
                b = TLanes.Add(b, ref Unsafe.Add(ref at, width));
                c = TLanes.Add(c, ref Unsafe.Add(ref at, 2 * width));
                d = TLanes.Add(d, ref Unsafe.Add(ref at, 3 * width));
                e = TLanes.Add(e, ref Unsafe.Add(ref at, 4 * width));
                f = TLanes.Add(f, ref Unsafe.Add(ref at, 5 * width));
                g = TLanes.Add(g, ref Unsafe.Add(ref at, 6 * width));
                h = TLanes.Add(h, ref Unsafe.Add(ref at, 7 * width));
                at = ref Unsafe.Add(ref at, 8 * width);
            }
            while (Unsafe.IsAddressLessThan(ref at, ref end))
            {
                a = TLanes.Add(a, ref at);
                at = ref Unsafe.Add(ref at, width);
            }
        }
        return TLanes.Total(a) + TLanes.Total(b) + TLanes.Total(c) + TLanes.Total(d) + TLanes.Total(e) + TLanes.Total(f) + TLanes.Total(g) +
            TLanes.Total(h);
    }
}
