using System;
using System.Runtime.InteropServices;

namespace EdgeRnn.Converter.Measure;

/// <summary>Bytes that begin at a multiple of 64, with zeros behind them up to the next: no load of the widest vectors touches two cache lines.</summary>
internal sealed class AlignedBlock
{
    private const int LineBytes = 64;

    private readonly byte[] _bytes;
    private readonly int _first;

    /// <param name="count">Bytes, at least 1.</param>
    public AlignedBlock(int count)
    {
        Count = count;
        // The start of a pinned array keeps its place.
        _bytes = GC.AllocateArray<byte>(PaddedCount + LineBytes, pinned: true);
        _first = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0) & (LineBytes - 1));
    }

    /// <summary>Bytes that were asked for.</summary>
    public int Count { get; }

    /// <summary>The same, rounded up to whole lines.</summary>
    public int PaddedCount => (Count + LineBytes - 1) / LineBytes * LineBytes;

    /// <summary>The bytes that were asked for.</summary>
    public Span<byte> Bytes => _bytes.AsSpan(_first, Count);

    /// <summary>The first byte.</summary>
    public ref byte First => ref _bytes[_first];
}
