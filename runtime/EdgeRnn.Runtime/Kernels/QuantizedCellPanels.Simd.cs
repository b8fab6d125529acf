using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

/// <summary>
/// All weights of a recurrent cell packed for vectors of 512 bits, in the order in which one pass reads them: 16 units at a time, for these
/// all gates of all products, so that each input is broadcast once for all gates and pre-activations never leave the registers.
/// </summary>
/// <remarks>
/// <code>
/// product  one column block: the inputs of one format, or the hidden state
/// weights  [block of 16 units][product][2 columns][gate][16 rows][2]     inputs of 16 bits; weights of one byte or widened to two
///          [block of 16 units][product][4 columns][gate][16 rows][4]     inputs of 8 bits
/// numbers  [block of 16 units]([bias][16 ints] [product][gate]([16 excesses] [16 mantissas] [16 shifts, less 1]))
///          excess: what is added to the sums, of 8-bit inputs only
/// inputs   [product][columns, padded to a multiple of 4]  16 or 8 bits each
/// </code>
/// Cells are packed so only when no clamp can act on any of their pre-activations, whatever the inputs are
/// (<see cref="QuantizedRowBounds"/>).
/// </remarks>
internal sealed partial class QuantizedCellPanels
{
    /// <summary>Units that are computed at a time.</summary>
    public const int Lanes = 16;

    // What stays in the first cache beside everything else a step touches; weights of two bytes spare the widening.
    private const int MostPadding = 4;
    private const int FreePaddingBytes = 1 << 16;
    private const int MaxWideBytes = 36 * 1024;
    private const int CacheLineBytes = 64;
    private const int MaxBytes = 1 << 28;

    private readonly int[] _firstColumns; // of each product's inputs
    private readonly int[] _columns;
    private readonly byte[] _weights;
    private readonly int _firstWeight;    // the first byte on a cache line
    private readonly byte[] _numbers;
    private readonly int _firstNumber;
    private readonly int[] _knots = GateTable.Load();
    private readonly int _weightStride;   // bytes of a block
    private readonly int _numberStride;

    /// <param name="products">Column blocks; not kept.</param>
    /// <param name="gates">Of each product.</param>
    /// <param name="firstRow">First row of gate 0.</param>
    /// <param name="units">Rows of a gate.</param>
    /// <param name="isSpread">Whether the gates are not gates but further units: unit = (block * gates + gate) * 16 + lane.</param>
    /// <param name="isNarrow">Whether inputs are rounded to 8 bits.</param>
    /// <param name="biases">One [units] run of pre-activations for each bias vector of a block; those of spread gates as one run.</param>
    public QuantizedCellPanels(QuantizedBlock[] products, int[] gates, int firstRow, int units, bool isSpread, bool isNarrow,
        int[][] biases)
    {
        IsNarrow = isNarrow;
        int perBlock = isSpread ? Lanes * gates[0] : Lanes;
        Blocks = (units + perBlock - 1) / perBlock;
        _firstColumns = new int[products.Length];
        _columns = new int[products.Length];
        Groups = new int[products.Length];
        Inputs = new int[products.Length];
        long bytes = 0;
        int numbers = (isSpread ? gates[0] : biases.Length) * sizeof(int) * Lanes;
        for (int i = 0; i < products.Length; i++)
        {
            _firstColumns[i] = products[i].FirstColumn;
            _columns[i] = products[i].ColumnCount;
            Groups[i] = (_columns[i] + 3) / 4;
            Inputs[i] = InputInts;
            InputInts += isNarrow ? Groups[i] : 2 * Groups[i];
            bytes += (long)Blocks * Groups[i] * gates[i] * Lanes * 4;
            numbers += gates[i] * Lanes * (isNarrow ? 3 : 2) * sizeof(int);
        }
        IsWide = !isNarrow && 2 * bytes <= MaxWideBytes;
        if (IsWide) bytes *= 2;
        if (bytes > MaxBytes) throw new InvalidOperationException("weights do not fit; Fits was not asked");
        _weights = Aligned((int)bytes, out _firstWeight);
        _numbers = Aligned(numbers * Blocks, out _firstNumber);
        _weightStride = (int)(bytes / Blocks);
        _numberStride = numbers;

        Span<byte> weight = _weights.AsSpan(_firstWeight), number = _numbers.AsSpan(_firstNumber);
        for (int block = 0; block < Blocks; block++)
        {
            for (int i = 0; i < (isSpread ? gates[0] : biases.Length); i++)
            {
                for (int lane = 0; lane < Lanes; lane++)
                {
                    int unit = isSpread ? (block * gates[0] + i) * Lanes + lane : block * Lanes + lane;
                    MemoryMarshal.Write(number, unit < units ? biases[isSpread ? 0 : i][unit] : 0);
                    number = number[sizeof(int)..];
                }
            }
            for (int i = 0; i < products.Length; i++)
            {
                for (int gate = 0; gate < gates[i]; gate++)
                    number = PackNumbers(products[i], gates[i], firstRow, units, isSpread, block, gate, number);
                weight = PackWeights(products[i], gates[i], firstRow, units, isSpread, block, weight);
            }
        }
    }

    /// <summary>Blocks of 16 units, or of 16 units for each spread gate.</summary>
    public int Blocks { get; }

    /// <summary>Whether inputs are rounded to 8 bits.</summary>
    public bool IsNarrow { get; }

    /// <summary>Whether weights have two bytes.</summary>
    public bool IsWide { get; }

    /// <summary>Groups of four columns of each product.</summary>
    public int[] Groups { get; }

    /// <summary>First int of each product's packed inputs.</summary>
    public int[] Inputs { get; }

    /// <summary>Ints that all packed inputs take.</summary>
    public int InputInts { get; }

    /// <summary>The first knot of the gates' table.</summary>
    public ref int Knots => ref MemoryMarshal.GetArrayDataReference(_knots);

    /// <summary>The weights of a block.</summary>
    public ref byte Weights(int block) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_weights), _firstWeight + block * _weightStride);

    /// <summary>The numbers of a block.</summary>
    public ref byte Numbers(int block) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_numbers), _firstNumber + block * _numberStride);

    /// <summary>
    /// Which block comes at a turn of a step. Steps walk to and fro, so that the weights which are still in the nearest cache come first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int BlockAt(int turn, bool backwards) => backwards ? Blocks - 1 - turn : turn;

    /// <summary>Whether this machine has what the kernels need, and the weights are of a kind they know.</summary>
    public static bool Fits(LayerRecord record, QuantizedBlock[] products, int rows)
    {
        bool isNarrow = record.Scheme == Scheme.W8A8;
        if (record.Packing.LeavesOutVectors || record.Packing.WantsPairs || !(isNarrow || record.Scheme == Scheme.W8A16)) return false;
        if (!Vector512.IsHardwareAccelerated || !Avx512BW.IsSupported || !Avx512DQ.IsSupported) return false;
        if (isNarrow && !AvxVnni.IsSupported) return false;
        long bytes = 0, weights = 0;
        foreach (QuantizedBlock product in products)
        {
            if (product.Weights == null) return false;
            bytes += (rows + 4L * 2 * Lanes) * (product.ColumnCount + 4L);
            weights += (long)rows * product.ColumnCount;
        }
        // A cell of very few units with very many inputs is left to the general path: a small file must not take many times its own bytes.
        return bytes <= MaxBytes && bytes <= MostPadding * weights + FreePaddingBytes;
    }

    /// <summary>The products of one cell, those of the hidden state last.</summary>
    public static QuantizedBlock[] Join(QuantizedBlock[] w, QuantizedBlock[] u)
    {
        QuantizedBlock[] all = new QuantizedBlock[w.Length + u.Length];
        w.CopyTo(all, 0);
        u.CopyTo(all, w.Length);
        return all;
    }

    private static byte[] Aligned(int bytes, out int first)
    {
        byte[] array = GC.AllocateArray<byte>(bytes + CacheLineBytes, pinned: true);
        first = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) & (CacheLineBytes - 1));
        return array;
    }

    // The row of a block that a lane computes, or -1.
    private static int Row(int firstRow, int units, int gates, bool isSpread, int block, int gate, int lane)
    {
        int unit = isSpread ? (block * gates + gate) * Lanes + lane : block * Lanes + lane;
        if (unit >= units) return -1;
        return firstRow + unit + (isSpread ? 0 : gate * units);
    }

    private Span<byte> PackNumbers(QuantizedBlock product, int gates, int firstRow, int units, bool isSpread, int block, int gate,
        Span<byte> to)
    {
        for (int lane = 0; lane < Lanes && IsNarrow; lane++)
        {
            int row = Row(firstRow, units, gates, isSpread, block, gate, lane);
            int sum = row < 0 ? 0 : ByteSums.Sum(product.Weights.AsSpan(row * product.ColumnCount, product.ColumnCount));
            MemoryMarshal.Write(to, -128 * sum); // inputs are unsigned, 128 too large
            to = to[sizeof(int)..];
        }
        for (int lane = 0; lane < Lanes; lane++)
        {
            int row = Row(firstRow, units, gates, isSpread, block, gate, lane);
            MemoryMarshal.Write(to[(sizeof(int) * lane)..], row < 0 ? 0 : product.Mantissas[row]);
            MemoryMarshal.Write(to[(sizeof(int) * (Lanes + lane))..], row < 0 ? 0 : product.Shifts[row] - 1);
        }
        to = to[(2 * Lanes * sizeof(int))..];
        return to;
    }

    // Row after row; what no row covers stays zero.
    private Span<byte> PackWeights(QuantizedBlock product, int gates, int firstRow, int units, bool isSpread, int block, Span<byte> to)
    {
        int padded = (product.ColumnCount + 3) / 4 * 4;
        sbyte[] weights = new sbyte[padded];
        short[] widened = new short[IsWide ? padded : 0];
        int pieceBytes = IsNarrow || IsWide ? sizeof(int) : sizeof(short), stride = gates * Lanes * pieceBytes;
        for (int gate = 0; gate < gates; gate++)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                int row = Row(firstRow, units, gates, isSpread, block, gate, lane);
                if (row < 0) continue;
                product.Weights.AsSpan(row * product.ColumnCount, product.ColumnCount).CopyTo(weights);
                for (int i = 0; i < widened.Length; i++) widened[i] = weights[i];
                Span<byte> first = to[((gate * Lanes + lane) * pieceBytes)..];
                if (IsWide) Spread<int>(MemoryMarshal.AsBytes(widened.AsSpan()), first, stride);
                else if (IsNarrow) Spread<int>(MemoryMarshal.AsBytes(weights.AsSpan()), first, stride);
                else Spread<short>(MemoryMarshal.AsBytes(weights.AsSpan()), first, stride);
            }
        }
        return to[(padded * Lanes * gates * (IsWide ? sizeof(short) : sizeof(byte)))..];
    }

    // Pieces of a row to places that lie apart. Compiled at once: it runs when a model is loaded and perhaps never again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread<TPiece>(ReadOnlySpan<byte> row, Span<byte> to, int stride) where TPiece : unmanaged
    {
        ReadOnlySpan<TPiece> pieces = MemoryMarshal.Cast<byte, TPiece>(row);
        for (int i = 0; i < pieces.Length; i++) MemoryMarshal.Write(to[(i * stride)..], pieces[i]);
    }
}
