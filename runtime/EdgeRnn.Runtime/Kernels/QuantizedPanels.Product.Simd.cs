using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// y += W x for one block: the inputs into planes, then panel by panel sums and pre-activations, then the rows that are left.
internal sealed partial class QuantizedPanels
{
    // How far vectors of eight read past the inputs, at most.
    private const int OverreadColumns = 10;

    /// <summary>As <see cref="QuantizedMatrix.AddProduct"/>, for the columns of this block.</summary>
    public void AddProduct(int[] memory, int x, int y, int scratch)
    {
        int planeSize = Chunks * ChunkGroups;
        ref int inputs = ref memory.AsSpan(x + _firstColumn, _columns + OverreadColumns).GetPinnableReference();
        ref int target = ref memory.AsSpan(y, _rows).GetPinnableReference();
        ref int first = ref memory.AsSpan(scratch, 2 * planeSize).GetPinnableReference();
        ref int second = ref Unsafe.Add(ref first, planeSize);
        int common = PackInputs(ref inputs, ref first, ref second);
        AddPanels(ref first, ref second, common, ref target);
        for (int row = _panels * PanelRows; row < _rows; row++)
        {
            int sum = MultiplyRow(ref Weight(RowOffset(row)), ref first, ref second) + common;
            AddScaledRow(sum, row, ref target);
        }
    }

    private void AddPanels(ref int first, ref int second, int common, ref int target)
    {
        switch (_kernel)
        {
            case QuantizedKernel.Pairs512 when _words: AddPairs512<short>(ref first, ref second, common, ref target); break;
            case QuantizedKernel.Pairs512: AddPairs512<byte>(ref first, ref second, common, ref target); break;
            case QuantizedKernel.Pairs256 when _words: AddPairs256<short>(ref first, ref second, common, ref target); break;
            case QuantizedKernel.Pairs256: AddPairs256<byte>(ref first, ref second, common, ref target); break;
            case QuantizedKernel.Pairs128 when _words: AddPairs128<short>(ref first, ref second, common, ref target); break;
            case QuantizedKernel.Pairs128: AddPairs128<byte>(ref first, ref second, common, ref target); break;
            case QuantizedKernel.Bytes256 when _narrow: AddNarrowBytes256(ref first, ref target); break;
            case QuantizedKernel.Bytes256: AddBytes256(ref first, ref second, ref target); break;
            case QuantizedKernel.Bytes128 when _narrow: AddNarrowBytes128(ref first, ref target); break;
            default: AddBytes128(ref first, ref second, ref target); break;
        }
    }

    private int MultiplyRow(ref byte w, ref int first, ref int second)
    {
        switch (_kernel)
        {
            case QuantizedKernel.Pairs512 or QuantizedKernel.Pairs256:
                if (_words) return RowPairs256<short>(ref w, ref first, ref second);
                return RowPairs256<byte>(ref w, ref first, ref second);
            case QuantizedKernel.Pairs128:
                if (_words) return RowPairs128<short>(ref w, ref first, ref second);
                return RowPairs128<byte>(ref w, ref first, ref second);
            case QuantizedKernel.Bytes256: return RowBytes256(ref w, ref first, ref second);
            default: return RowBytes128(ref w, ref first, ref second);
        }
    }

    // Of sixteen rows, the lower or the upper ones of a panel.
    private ref byte HalfPanel(int row) => ref Weight(PanelOffset(row / PanelRows) + row % PanelRows * 4);

    private ref byte Weight(int offset) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_weights), _firstWeight + offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Broadcast512(ref int plane, int group) => Vector512.Create(Unsafe.Add(ref plane, group));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Broadcast256(ref int plane, int group) => Vector256.Create(Unsafe.Add(ref plane, group));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Broadcast128(ref int plane, int group) => Vector128.Create(Unsafe.Add(ref plane, group));

    // Returns what is to be added to every sum.
    private int PackInputs(ref int x, ref int first, ref int second)
    {
        bool bytes = _kernel >= QuantizedKernel.Bytes128;
        Vector256<int> evens = Vector256<int>.Zero;
        int column = 0;
        for (; column + ChunkColumns <= _columns; column += ChunkColumns)
        {
            Vector256<int> x0 = Vector256.LoadUnsafe(ref x), x1 = Vector256.LoadUnsafe(ref x, 8);
            Vector256<int> x2 = Vector256.LoadUnsafe(ref x, 16), x3 = Vector256.LoadUnsafe(ref x, 24);
            evens += x0 + x2;
            if (bytes) PackBytes(x0, x1, x2, x3, ref first, ref second);
            else PackPairs(x0, x1, x2, x3, ref first, ref second);
            x = ref Unsafe.Add(ref x, ChunkColumns);
            first = ref Unsafe.Add(ref first, ChunkGroups);
            second = ref Unsafe.Add(ref second, ChunkGroups);
        }
        if (column < _columns)
        {
            int left = _columns - column, groups = (left + 3) / 4;
            Vector256<int> x0 = Quarter(ref x, 0, groups, left), x1 = Quarter(ref x, 1, groups, left);
            Vector256<int> x2 = Quarter(ref x, 2, groups, left), x3 = Quarter(ref x, 3, groups, left);
            evens += x0 + x2;
            if (bytes) PackBytes(x0, x1, x2, x3, ref first, ref second);
            else PackPairs(x0, x1, x2, x3, ref first, ref second);
        }
        return bytes || _words ? 0 : -128 * Vector256.Sum(evens);
    }

    // Of the columns that are left; what lies behind them becomes zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Quarter(ref int x, int quarter, int groups, int left)
    {
        int first = quarter * groups, count = Math.Min(groups, left - first);
        return Vector256.LoadUnsafe(ref x, (nuint)first) & Vector256.GreaterThan(Vector256.Create(count), Vector256<int>.Indices);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PackPairs(Vector256<int> x0, Vector256<int> x1, Vector256<int> x2, Vector256<int> x3, ref int first,
        ref int second)
    {
        Vector256<int> low = Vector256.Create(0xffff);
        (x0 & low | x2 << 16).StoreUnsafe(ref first);
        (x1 & low | x3 << 16).StoreUnsafe(ref second);
    }

    private void PackBytes(Vector256<int> x0, Vector256<int> x1, Vector256<int> x2, Vector256<int> x3, ref int first,
        ref int second)
    {
        Vector256<int> flipped = Vector256.Create(_flippedBits), low = Vector256.Create(0xff);
        x0 ^= flipped;
        x1 ^= flipped;
        x2 ^= flipped;
        x3 ^= flipped;
        (x0 & low | (x1 & low) << 8 | (x2 & low) << 16 | x3 << 24).StoreUnsafe(ref first);
        if (_narrow) return;
        (x0 >> 8 & low | (x1 >> 8 & low) << 8 | (x2 >> 8 & low) << 16 | x3 >> 8 << 24).StoreUnsafe(ref second);
    }
}
