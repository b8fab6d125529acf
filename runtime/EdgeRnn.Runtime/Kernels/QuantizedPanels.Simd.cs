using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

/// <summary>
/// The weights of one block packed for vectors: panels of 32 rows, side by side, so that a product broadcasts inputs and
/// multiplies straight from memory; up to seven rows that are left lie one after the other behind them.
/// </summary>
/// <remarks>
/// <code>
/// chunk    32 columns, or what is left of them; T = a quarter of it, rounded up
/// group    column g, g + T, g + 2T, g + 3T of a chunk, for g in [0, T)     the quarters
/// panel    [group][row][quarter]           8-bit weights, one byte each
///          [group][even, odd][row][2]      4-bit weights times their multipliers, 16 bits each; even: quarters 0 and 2
/// row      the same with the groups of a chunk in place of the rows of a panel
/// inputs   [two planes][group]             pairs: quarters 0 and 2, then 1 and 3;  bytes: low bytes, then high bytes
/// </code>
/// The pairs kernels take the bytes of quarters 0 and 2 as unsigned, so these weights lie here with 128 added, and 128 times
/// their inputs is subtracted. The bytes kernels flip a sign bit of the inputs instead, and each row subtracts what this adds.
/// </remarks>
internal sealed partial class QuantizedPanels
{
    private const int PanelRows = 32;
    private const int ChunkColumns = QuantizedMatrix.ChunkColumns;
    private const int ChunkGroups = ChunkColumns / 4;
    private const int VectorRows = 8;
    private const int PlaneBytes = PanelRows * 4; // of a group
    private const int CacheLineBytes = 64;
    private const int MaxPackedWeights = 1 << 29; // of up to two bytes

    // Below this the product with the mantissa can leave 32 bits, so the shifts of AVX2, which has no 64-bit clamp, do not do.
    private const int SmallestVectorShift = 25;

    private readonly QuantizedKernel _kernel;
    private readonly int _firstColumn;
    private readonly int _columns;
    private readonly int _groups;
    private readonly int _panels;
    private readonly int _rows;
    private readonly bool _words;         // 16-bit weights
    private readonly bool _narrow;        // inputs of 8 bits
    private readonly int _flippedBits;    // of the inputs, for bytes
    private readonly byte[] _weights;
    private readonly int _firstWeight;    // the first byte on a cache line
    private readonly int[] _offsets;      // [rows, padded] added to the sums
    private readonly int[] _mantissas;    // [rows, padded]
    private readonly int[] _shifts;       // [rows, padded] one less than in the file
    private readonly bool _largeShifts;

    /// <summary>Packs rows [firstRow, firstRow + rows) of a block.</summary>
    /// <param name="block">Not kept.</param>
    /// <param name="firstRow">First row of the block.</param>
    /// <param name="rows">Rows to take.</param>
    /// <param name="narrow">Whether inputs lie in [-127, 127].</param>
    /// <param name="kernel">A kernel this machine has, pairs for 4-bit weights.</param>
    public QuantizedPanels(QuantizedBlock block, int firstRow, int rows, bool narrow, QuantizedKernel kernel)
    {
        _kernel = kernel;
        _firstColumn = block.FirstColumn;
        _columns = block.ColumnCount;
        _rows = rows;
        _words = block.Nibbles != null;
        bool unsignedInputs = kernel == QuantizedKernel.Bytes256, bytes = unsignedInputs || kernel == QuantizedKernel.Bytes128;
        _narrow = narrow && bytes;
        int offset = 0;
        if (bytes && _narrow) (_flippedBits, offset) = unsignedInputs ? (0x80, -0x80) : (0, 0);
        else if (bytes) (_flippedBits, offset) = unsignedInputs ? (0x8000, -0x8000) : (0x80, 0x80);

        int chunks = Chunks, rest = _columns - (chunks - 1) * ChunkColumns;
        _groups = (chunks - 1) * ChunkGroups + (rest + 3) / 4;
        int rowsLeft = rows % PanelRows;
        _panels = rows / PanelRows + (rowsLeft >= VectorRows ? 1 : 0);
        // All loads of 64 bytes would touch two cache lines if the first did, and take up to a fifth longer.
        _weights = GC.AllocateArray<byte>(RowOffset(Math.Max(rows, _panels * PanelRows)) + CacheLineBytes, pinned: true);
        _firstWeight = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_weights, 0) & (CacheLineBytes - 1));

        int padded = (rows + VectorRows - 1) / VectorRows * VectorRows;
        _offsets = new int[padded];
        _mantissas = new int[padded];
        _shifts = new int[padded];
        _largeShifts = true;
        short[] unpacked = new short[_words ? _columns : 0];
        for (int row = 0; row < rows; row++)
        {
            if (block.Weights == null)
            {
                UnpackRow(block, firstRow + row, unpacked);
                PackWords(unpacked, row);
            }
            else
            {
                ReadOnlySpan<sbyte> weights = block.Weights.AsSpan((firstRow + row) * _columns, _columns);
                PackBytes(weights, row, bytes ? 0 : 128);
                _offsets[row] = offset * ByteSums.Sum(weights);
            }
            _mantissas[row] = block.Mantissas[firstRow + row];
            _shifts[row] = block.Shifts[firstRow + row] - 1;
            _largeShifts &= block.Shifts[firstRow + row] >= SmallestVectorShift;
        }
    }

    private int Chunks => (_columns + ChunkColumns - 1) / ChunkColumns;

    private int WeightBytes => _words ? sizeof(short) : sizeof(byte);

    private int PanelOffset(int panel) => panel * _groups * PlaneBytes * WeightBytes;

    // Of a row behind the panels.
    private int RowOffset(int row) => PanelOffset(_panels) + (row - _panels * PanelRows) * Chunks * ChunkColumns * WeightBytes;

    /// <summary>Whether the packed weights of so many rows of a block surely fit one array.</summary>
    public static bool Fits(QuantizedBlock block, int rows) =>
        (rows + PanelRows) * (block.ColumnCount + (long)ChunkColumns) <= MaxPackedWeights;

    /// <summary>The fastest kernel of this machine; the choice folds into a constant when the code is compiled.</summary>
    /// <param name="words">Whether the weights have 4 bits: they are packed as 16.</param>
    /// <param name="narrow">Whether inputs lie in [-127, 127].</param>
    public static QuantizedKernel BestKernel(bool words, bool narrow)
    {
        bool bytes256 = AvxVnni.IsSupported && !words;
        if (bytes256 && narrow) return QuantizedKernel.Bytes256;
        if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported) return QuantizedKernel.Pairs512;
        if (bytes256) return QuantizedKernel.Bytes256;
        if (Avx2.IsSupported) return QuantizedKernel.Pairs256;
        if (Dp.IsSupported && !words) return QuantizedKernel.Bytes128;
        return Sse2.IsSupported || AdvSimd.Arm64.IsSupported ? QuantizedKernel.Pairs128 : QuantizedKernel.None;
    }

    // Where a row begins, and how far apart its groups and chunks lie.
    private Span<byte> PlaceOf(int row, out int groupBytes, out int chunkBytes)
    {
        bool inPanel = row < _panels * PanelRows;
        groupBytes = inPanel ? PlaneBytes * WeightBytes : 4;
        chunkBytes = inPanel ? ChunkGroups * groupBytes : ChunkColumns * WeightBytes;
        int start = inPanel ? PanelOffset(row / PanelRows) + row % PanelRows * 4 : RowOffset(row);
        return _weights.AsSpan(_firstWeight + start);
    }

    // Compiled at once, as what follows: packing runs when a model is loaded and perhaps never again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackBytes(ReadOnlySpan<sbyte> weights, int row, int addedToEven)
    {
        Span<byte> packed = PlaceOf(row, out int groupBytes, out int chunkBytes);
        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            ReadOnlySpan<sbyte> columns = weights[(chunk * ChunkColumns)..];
            int groups = Math.Min(ChunkGroups, _groups - chunk * ChunkGroups);
            for (int group = 0; group < groups; group++)
            {
                Span<byte> to = packed.Slice(chunk * chunkBytes + group * groupBytes, 4);
                to[0] = (byte)(columns[group] + addedToEven);
                if (groups + group < columns.Length) to[1] = (byte)columns[groups + group];
                if (2 * groups + group < columns.Length) to[2] = (byte)(columns[2 * groups + group] + addedToEven);
                if (3 * groups + group < columns.Length) to[3] = (byte)columns[3 * groups + group];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackWords(ReadOnlySpan<short> weights, int row)
    {
        Span<byte> packed = PlaceOf(row, out int groupBytes, out int chunkBytes);
        int planeBytes = row < _panels * PanelRows ? PlaneBytes : ChunkColumns;
        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            ReadOnlySpan<short> columns = weights[(chunk * ChunkColumns)..];
            int groups = Math.Min(ChunkGroups, _groups - chunk * ChunkGroups);
            for (int group = 0; group < groups; group++)
            {
                Span<byte> even = packed[(chunk * chunkBytes + group * groupBytes)..], odd = even[planeBytes..];
                MemoryMarshal.Write(even, columns[group]);
                if (groups + group < columns.Length) MemoryMarshal.Write(odd, columns[groups + group]);
                if (2 * groups + group < columns.Length) MemoryMarshal.Write(even[2..], columns[2 * groups + group]);
                if (3 * groups + group < columns.Length) MemoryMarshal.Write(odd[2..], columns[3 * groups + group]);
            }
        }
    }

    // Weights times the multipliers of their groups.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UnpackRow(QuantizedBlock block, int row, short[] weights)
    {
        int columns = weights.Length, groups = (columns + QuantizedBlock.GroupColumns - 1) / QuantizedBlock.GroupColumns;
        ReadOnlySpan<byte> pairs = block.Nibbles.AsSpan(row * ((columns + 1) / 2)), multipliers = block.GroupMultipliers.AsSpan(row * groups);
        for (int column = 0; column < columns; column++)
        {
            int pair = pairs[column / 2], weight = (column & 1) == 0 ? pair << 28 >> 28 : pair << 24 >> 28;
            weights[column] = (short)(weight * multipliers[column / QuantizedBlock.GroupColumns]);
        }
    }
}
