using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

/// <summary>
/// The weights of one block packed for vectors: panels of 32 rows, side by side, so that a product broadcasts inputs and multiplies
/// straight from memory; up to seven rows that are left lie one after the other behind them.
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
/// The pairs kernels take the bytes of quarters 0 and 2 as unsigned, so these weights lie here with 128 added, and 128 times their
/// inputs is subtracted. The bytes kernels flip a sign bit of the inputs instead, and each row subtracts what this adds.
/// </remarks>
internal sealed partial class QuantizedPanels
{
    private const int PanelRows = 32;
    private const int ChunkColumns = QuantizedMatrix.ChunkColumns;
    private const int ChunkGroups = ChunkColumns / 4;
    private const int VectorRows = 8;
    private const int PlaneBytes = PanelRows * 4; // of a group
    private const int CacheLineBytes = 64;

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
        int size = WeightBytes;
        long panelBytes = (long)_panels * _groups * PlaneBytes * size;
        int rowBytes = rowsLeft < VectorRows ? rowsLeft * chunks * ChunkColumns * size : 0;
        // Half of all loads of 64 bytes would touch two cache lines, and cost up to a fifth of the time.
        _weights = GC.AllocateArray<byte>(checked((int)(panelBytes + rowBytes + CacheLineBytes)), pinned: true);
        _firstWeight = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_weights, 0) & (CacheLineBytes - 1));

        int padded = (rows + VectorRows - 1) / VectorRows * VectorRows;
        _offsets = new int[padded];
        _mantissas = new int[padded];
        _shifts = new int[padded];
        _largeShifts = true;
        for (int row = 0; row < rows; row++)
        {
            _offsets[row] = offset * PackRow(block, firstRow + row, row, !bytes);
            _mantissas[row] = block.Mantissas[firstRow + row];
            _shifts[row] = block.Shifts[firstRow + row] - 1;
            _largeShifts &= block.Shifts[firstRow + row] >= SmallestVectorShift;
        }
    }

    private int Chunks => (_columns + ChunkColumns - 1) / ChunkColumns;

    private int WeightBytes => _words ? sizeof(short) : sizeof(byte);

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

    // Returns the sum of the row's weights.
    private int PackRow(QuantizedBlock block, int blockRow, int row, bool pairs)
    {
        int panel = row / PanelRows, size = WeightBytes, chunks = Chunks, sum = 0;
        bool inPanel = panel < _panels;
        int planeBytes = inPanel ? PlaneBytes : ChunkColumns;
        for (int column = 0; column < _columns; column++)
        {
            int chunk = column / ChunkColumns, inChunk = column % ChunkColumns;
            int quarterColumns = chunk < chunks - 1 ? ChunkGroups : _groups - chunk * ChunkGroups;
            int quarter = inChunk / quarterColumns, groupInChunk = inChunk % quarterColumns;
            long first = inPanel
                ? ((long)panel * _groups + chunk * ChunkGroups + groupInChunk) * PlaneBytes * size + row % PanelRows * 4
                : ((long)_panels * _groups * PlaneBytes + (row - _panels * PanelRows) * chunks * ChunkColumns + chunk * ChunkColumns) * size + groupInChunk * 4;
            int at = _firstWeight + (int)first, weight = WeightAt(block, blockRow, column);
            sum += weight;
            if (_words) MemoryMarshal.Write(_weights.AsSpan(at + (quarter & 1) * planeBytes + (quarter & 2)), (short)weight);
            else _weights[at + quarter] = (byte)(pairs && (quarter & 1) == 0 ? weight + 128 : weight);
        }
        return sum;
    }

    private static int WeightAt(QuantizedBlock block, int row, int column)
    {
        if (block.Weights != null) return block.Weights[row * block.ColumnCount + column];
        int groups = (block.ColumnCount + QuantizedBlock.GroupColumns - 1) / QuantizedBlock.GroupColumns;
        int pair = block.Nibbles![row * ((block.ColumnCount + 1) / 2) + column / 2];
        int weight = (column & 1) == 0 ? pair << 28 >> 28 : pair << 24 >> 28;
        return weight * block.GroupMultipliers![row * groups + column / QuantizedBlock.GroupColumns];
    }
}
