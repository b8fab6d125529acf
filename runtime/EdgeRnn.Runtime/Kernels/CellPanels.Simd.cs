using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

/// <summary>
/// Weights of a recurrent cell in the order in which its kernel reads them: block after block of hidden units, all that a block needs
/// side by side. A wide block has the units of two vectors; what is left of the units is one more wide block or, where one vector holds
/// them, a narrow one, filled up with zeros.
/// <code>
/// block    runs one after another: biases, columns of x, columns of h, as the cell adds them
/// run      [column][gate][unit of the block]; biases are a run of one column
/// </code>
/// </summary>
internal sealed class CellPanels
{
    private const int CacheLineFloats = 16;
    private const int MaxFloats = 1 << 28;
    private const int FreePaddingFloats = 1 << 14;
    private const int TileColumns = 16;

    private readonly int _lanes;
    private readonly int _unitFloats; // of a unit in all runs
    private readonly float[] _values;
    private readonly int _first;      // on a cache line
    private int _runOffset;           // while runs are added: floats of a unit in the runs before

    /// <param name="units">Hidden units.</param>
    /// <param name="unitFloats">Biases and weights of one unit.</param>
    /// <param name="lanes">Floats in a vector of the kernel.</param>
    public CellPanels(int units, int unitFloats, int lanes)
    {
        _lanes = lanes;
        _unitFloats = unitFloats;
        Units = units;
        int wide = 2 * lanes, rest = units % wide;
        WideBlocks = units / wide + (rest > lanes ? 1 : 0);
        HasNarrowBlock = rest > 0 && rest <= lanes;
        Blocks = WideBlocks + (HasNarrowBlock ? 1 : 0);
        int padded = WideBlocks * wide + (HasNarrowBlock ? lanes : 0);
        // Where the first vector lies on a cache line all do: a load that touches two lines takes twice the time.
        _values = GC.AllocateArray<float>(padded * unitFloats + CacheLineFloats, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0);
        _first = (int)(-address & (CacheLineFloats * sizeof(float) - 1)) / sizeof(float);
    }

    public int Units { get; }

    /// <summary>Blocks of two vectors, which come first.</summary>
    public int WideBlocks { get; }

    /// <summary>Whether one block of one vector follows.</summary>
    public bool HasNarrowBlock { get; }

    public int Blocks { get; }

    /// <summary>Floats in a vector on this machine, or 0 where there are no vectors.</summary>
    public static int BestLanes =>
        Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 0;

    /// <summary>
    /// Whether there are vectors, and the weights of such a cell fit one array, padding included. A cell of very few units with very many
    /// inputs is left to the general path: a small file must not take many times its own bytes.
    /// </summary>
    public static bool Fits(int units, long unitFloats)
    {
        if (BestLanes == 0 || (units + 2L * CacheLineFloats) * unitFloats > MaxFloats) return false;
        int padding = (BestLanes - units % BestLanes) % BestLanes;
        return padding * unitFloats <= units * unitFloats + FreePaddingFloats;
    }

    /// <summary>First unit of a block.</summary>
    public int FirstUnit(int block) => block * 2 * _lanes;

    /// <summary>The first float of a block.</summary>
    public ref float Block(int block) => ref At(FirstUnit(block) * _unitFloats);

    /// <summary>A run of session memory, as the memory plan placed it at load.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Run(float[] memory, int offset, int count)
    {
        Debug.Assert(offset >= 0 && offset + count <= memory.Length, "a run of a cell lies outside the session's memory");
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(memory), offset);
    }

    /// <summary>
    /// The hidden state before the step: a copy in <paramref name="previous"/>, where blocks that write to it come before blocks that
    /// read it. A single block writes when all is read and needs none.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Before(float[] memory, int h, int count, int previous)
    {
        ref float hidden = ref Run(memory, h, count);
        if (Blocks == 1 || previous == h) return ref hidden;
        memory.AsSpan(h, count).CopyTo(memory.AsSpan(previous, count));
        return ref Run(memory, previous, count);
    }

    /// <summary>Adds a run to each block.</summary>
    /// <param name="matrix">[gates * units, columns] row-major, or more rows.</param>
    /// <param name="firstRow">First row to take.</param>
    /// <param name="columns">Columns; 1 for biases.</param>
    /// <param name="scales">Of each gate, a power of two: it is folded into the weights without a rounding.</param>
    public void AddRun(float[] matrix, int firstRow, int columns, params float[] scales)
    {
        int gates = scales.Length;
        for (int block = 0; block < Blocks; block++)
        {
            int width = block < WideBlocks ? 2 * _lanes : _lanes, firstUnit = FirstUnit(block);
            int at = firstUnit * _unitFloats + _runOffset * width, used = Math.Min(width, Units - firstUnit);
            for (int gate = 0; gate < gates; gate++)
            {
                int row = firstRow + gate * Units + firstUnit;
                Transpose(matrix.AsSpan(row * columns, used * columns), columns, scales[gate], ref At(at + gate * width), gates * width);
            }
        }
        _runOffset += gates * columns;
    }

    // From [units, columns] to columns that lie apart, some columns at a time, so that what is written stays in the nearest cache. Compiled at
    // once: it runs when a model is loaded and perhaps never again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(ReadOnlySpan<float> rows, int columns, float scale, ref float to, int stride)
    {
        for (int first = 0; first < columns; first += TileColumns)
        {
            int count = Math.Min(TileColumns, columns - first);
            for (int unit = 0; (unit + 1) * columns <= rows.Length; unit++)
            {
                ReadOnlySpan<float> row = rows.Slice(unit * columns + first, count);
                ref float target = ref Unsafe.Add(ref to, first * stride + unit);
                for (int i = 0; i < row.Length; i++) Unsafe.Add(ref target, i * stride) = scale * row[i];
            }
        }
    }

    private ref float At(int offset) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), _first + offset);
}
