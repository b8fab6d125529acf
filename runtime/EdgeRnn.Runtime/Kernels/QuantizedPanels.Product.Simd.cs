using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// y += W x for one block: inputs into planes, then panel by panel sums and pre-activations.
internal sealed partial class QuantizedPanels
{
    /// <summary>As <see cref="QuantizedMatrix.AddProduct"/>, for the columns of this block.</summary>
    public void AddProduct(int[] memory, int x, int y, int scratch)
    {
        int planeSize = Chunks * ChunkGroups, panelBytes = _groups * PlaneBytes * WeightBytes;
        ref int inputs = ref memory.AsSpan(x + _firstColumn, _columns).GetPinnableReference();
        ref int target = ref memory.AsSpan(y, _rows).GetPinnableReference();
        ref int sums = ref memory.AsSpan(scratch, PanelRows + VectorRows + 2 * planeSize).GetPinnableReference();
        ref int first = ref Unsafe.Add(ref sums, PanelRows + VectorRows), second = ref Unsafe.Add(ref first, planeSize);
        ref byte w = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_weights), _firstWeight);

        int common = PackInputs(ref inputs, ref sums, ref first, ref second);
        int row = 0;
        for (int panel = 0; panel < _panels; panel++)
        {
            MultiplyPanel(ref w, ref first, ref second, ref sums);
            AddScaled(ref sums, common, row, Math.Min(PanelRows, _rows - row), ref Unsafe.Add(ref target, row));
            w = ref Unsafe.Add(ref w, panelBytes);
            row += PanelRows;
        }
        if (row >= _rows) return;
        for (int left = 0; left < _rows - row; left++)
        {
            Unsafe.Add(ref sums, left) = MultiplyRow(ref w, ref first, ref second);
            w = ref Unsafe.Add(ref w, Chunks * ChunkColumns * WeightBytes);
        }
        AddScaled(ref sums, common, row, _rows - row, ref Unsafe.Add(ref target, row));
    }

    private void MultiplyPanel(ref byte w, ref int first, ref int second, ref int sums)
    {
        switch (_kernel)
        {
            case QuantizedKernel.Pairs512 when _words: PanelPairs512<short>(ref w, ref first, ref second, _groups, ref sums); break;
            case QuantizedKernel.Pairs512: PanelPairs512<byte>(ref w, ref first, ref second, _groups, ref sums); break;
            case QuantizedKernel.Pairs256 when _words: PanelPairs256<short>(ref w, ref first, ref second, _groups, ref sums); break;
            case QuantizedKernel.Pairs256: PanelPairs256<byte>(ref w, ref first, ref second, _groups, ref sums); break;
            case QuantizedKernel.Pairs128 when _words: PanelPairs128<short>(ref w, ref first, ref second, _groups, ref sums); break;
            case QuantizedKernel.Pairs128: PanelPairs128<byte>(ref w, ref first, ref second, _groups, ref sums); break;
            case QuantizedKernel.Bytes256 when _narrow: PanelNarrowBytes256(ref w, ref first, _groups, ref sums); break;
            case QuantizedKernel.Bytes256: PanelBytes256(ref w, ref first, ref second, _groups, ref sums); break;
            case QuantizedKernel.Bytes128 when _narrow: PanelNarrowBytes128(ref w, ref first, _groups, ref sums); break;
            default: PanelBytes128(ref w, ref first, ref second, _groups, ref sums); break;
        }
    }

    private int MultiplyRow(ref byte w, ref int first, ref int second)
    {
        switch (_kernel)
        {
            case QuantizedKernel.Pairs512 or QuantizedKernel.Pairs256 when _words: return RowPairs256<short>(ref w, ref first, ref second, Chunks);
            case QuantizedKernel.Pairs512 or QuantizedKernel.Pairs256: return RowPairs256<byte>(ref w, ref first, ref second, Chunks);
            case QuantizedKernel.Pairs128 when _words: return RowPairs128<short>(ref w, ref first, ref second, Chunks);
            case QuantizedKernel.Pairs128: return RowPairs128<byte>(ref w, ref first, ref second, Chunks);
            case QuantizedKernel.Bytes256: return RowBytes256(ref w, ref first, ref second, Chunks, _narrow);
            default: return RowBytes128(ref w, ref first, ref second, Chunks, _narrow);
        }
    }

    // Returns what is to be added to every sum.
    private int PackInputs(ref int x, ref int staging, ref int first, ref int second)
    {
        bool bytes = _kernel >= QuantizedKernel.Bytes128;
        Vector256<int> evens = Vector256<int>.Zero;
        int group = 0, lastGroups = _columns % ChunkColumns == 0 ? 0 : _groups % ChunkGroups == 0 ? ChunkGroups : _groups % ChunkGroups;
        for (; group < _groups - lastGroups; group += ChunkGroups)
        {
            evens += Pack(ref x, ChunkGroups, bytes, ref Unsafe.Add(ref first, group), ref Unsafe.Add(ref second, group));
            x = ref Unsafe.Add(ref x, ChunkColumns);
        }
        if (lastGroups > 0)
        {
            // With zeros behind them, so that whole vectors can be read.
            Span<int> last = MemoryMarshal.CreateSpan(ref staging, ChunkColumns);
            last.Clear();
            MemoryMarshal.CreateReadOnlySpan(ref x, _columns % ChunkColumns).CopyTo(last);
            evens += Pack(ref staging, lastGroups, bytes, ref Unsafe.Add(ref first, group), ref Unsafe.Add(ref second, group));
        }
        return bytes || _words ? 0 : -128 * Vector256.Sum(evens);
    }

    // Eight groups. Lanes beyond them become zero; their weights are zero or absent.
    private Vector256<int> Pack(ref int x, int groups, bool bytes, ref int first, ref int second)
    {
        Vector256<int> present = Vector256.GreaterThan(Vector256.Create(groups), Vector256<int>.Indices);
        Vector256<int> x0 = Vector256.LoadUnsafe(ref x) & present, x1 = Vector256.LoadUnsafe(ref x, (nuint)groups) & present;
        Vector256<int> x2 = Vector256.LoadUnsafe(ref x, 2 * (nuint)groups) & present, x3 = Vector256.LoadUnsafe(ref x, 3 * (nuint)groups) & present;
        if (!bytes)
        {
            Vector256<int> low = Vector256.Create(0xffff);
            (x0 & low | x2 << 16).StoreUnsafe(ref first);
            (x1 & low | x3 << 16).StoreUnsafe(ref second);
            return x0 + x2;
        }
        Vector256<int> flipped = Vector256.Create(_flippedBits), lowByte = Vector256.Create(0xff);
        x0 ^= flipped;
        x1 ^= flipped;
        x2 ^= flipped;
        x3 ^= flipped;
        (x0 & lowByte | (x1 & lowByte) << 8 | (x2 & lowByte) << 16 | x3 << 24).StoreUnsafe(ref first);
        if (_narrow) return Vector256<int>.Zero;
        (x0 >> 8 & lowByte | (x1 >> 8 & lowByte) << 8 | (x2 >> 8 & lowByte) << 16 | x3 >> 8 << 24).StoreUnsafe(ref second);
        return Vector256<int>.Zero;
    }
}
