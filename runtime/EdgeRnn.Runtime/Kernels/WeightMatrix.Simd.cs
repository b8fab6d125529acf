using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// Vectors: columns are stored side by side in panels of 64, 16 and 4 rows, so that a product broadcasts one x and multiplies
// straight from memory, with no horizontal sums. What is left of the rows stays row-major at the end.
internal sealed partial class WeightMatrix
{
    private const int WidePanel = 64;
    private const int Panel = 16;
    private const int NarrowPanel = 4;

    private bool _packed;

    partial void Pack()
    {
        if (!Vector128.IsHardwareAccelerated || _rows < NarrowPanel) return;
        float[] packed = new float[_values.Length];
        int at = 0, row = 0;
        while (row < _rows)
        {
            int width = PanelWidth(_rows - row);
            for (int column = 0; column < _columns; column++)
            {
                for (int lane = 0; lane < width; lane++) packed[at++] = _values[(row + lane) * _columns + column];
            }
            row += width;
        }
        _values = packed;
        _packed = true;
    }

    private static int PanelWidth(int rowsLeft)
    {
        if (rowsLeft >= WidePanel) return WidePanel;
        if (rowsLeft >= Panel) return Panel;
        return rowsLeft >= NarrowPanel ? NarrowPanel : 1;
    }

    partial void AddProductVector(float[] x, int xOffset, float[] y, int yOffset, ref bool done)
    {
        if (!_packed) return;
        done = true;
        ref float w = ref MemoryMarshal.GetArrayDataReference(_values);
        ref float first = ref x.AsSpan(xOffset, _columns).GetPinnableReference();
        ref float target = ref y.AsSpan(yOffset, _rows).GetPinnableReference();
        int row = 0;
        for (; row + WidePanel <= _rows; row += WidePanel)
        {
            if (Vector256.IsHardwareAccelerated)
                AddWidePanel256(ref w, ref first, _columns, ref Unsafe.Add(ref target, row));
            else
                AddWidePanel128(ref w, ref first, _columns, ref Unsafe.Add(ref target, row));
            w = ref Unsafe.Add(ref w, WidePanel * _columns);
        }
        for (; row + Panel <= _rows; row += Panel)
        {
            AddPanel(ref w, ref first, _columns, ref Unsafe.Add(ref target, row));
            w = ref Unsafe.Add(ref w, Panel * _columns);
        }
        for (; row + NarrowPanel <= _rows; row += NarrowPanel)
        {
            AddNarrowPanel(ref w, ref first, _columns, ref Unsafe.Add(ref target, row));
            w = ref Unsafe.Add(ref w, NarrowPanel * _columns);
        }
        for (; row < _rows; row++)
        {
            float sum = Unsafe.Add(ref target, row);
            for (int column = 0; column < _columns; column++) sum += Unsafe.Add(ref w, column) * Unsafe.Add(ref first, column);
            Unsafe.Add(ref target, row) = sum;
            w = ref Unsafe.Add(ref w, _columns);
        }
    }

    // 64 rows: eight accumulators of eight lanes.
    private static void AddWidePanel256(ref float w, ref float x, int columns, ref float y)
    {
        Vector256<float> a0 = Vector256.LoadUnsafe(ref y), a1 = Vector256.LoadUnsafe(ref y, 8);
        Vector256<float> a2 = Vector256.LoadUnsafe(ref y, 16), a3 = Vector256.LoadUnsafe(ref y, 24);
        Vector256<float> a4 = Vector256.LoadUnsafe(ref y, 32), a5 = Vector256.LoadUnsafe(ref y, 40);
        Vector256<float> a6 = Vector256.LoadUnsafe(ref y, 48), a7 = Vector256.LoadUnsafe(ref y, 56);
        for (int column = 0; column < columns; column++)
        {
            Vector256<float> xj = Vector256.Create(Unsafe.Add(ref x, column));
            a0 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w), a0);
            a1 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 8), a1);
            a2 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 16), a2);
            a3 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 24), a3);
            a4 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 32), a4);
            a5 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 40), a5);
            a6 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 48), a6);
            a7 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 56), a7);
            w = ref Unsafe.Add(ref w, WidePanel);
        }
        a0.StoreUnsafe(ref y);
        a1.StoreUnsafe(ref y, 8);
        a2.StoreUnsafe(ref y, 16);
        a3.StoreUnsafe(ref y, 24);
        a4.StoreUnsafe(ref y, 32);
        a5.StoreUnsafe(ref y, 40);
        a6.StoreUnsafe(ref y, 48);
        a7.StoreUnsafe(ref y, 56);
    }

    // 64 rows on 128-bit machines: two passes of eight accumulators of four lanes, half a panel each.
    private static void AddWidePanel128(ref float w, ref float x, int columns, ref float y)
    {
        const int HalfPanel = WidePanel / 2;
        for (int half = 0; half < WidePanel; half += HalfPanel)
        {
            ref float wj = ref Unsafe.Add(ref w, half);
            ref float target = ref Unsafe.Add(ref y, half);
            Vector128<float> a0 = Vector128.LoadUnsafe(ref target), a1 = Vector128.LoadUnsafe(ref target, 4);
            Vector128<float> a2 = Vector128.LoadUnsafe(ref target, 8), a3 = Vector128.LoadUnsafe(ref target, 12);
            Vector128<float> a4 = Vector128.LoadUnsafe(ref target, 16), a5 = Vector128.LoadUnsafe(ref target, 20);
            Vector128<float> a6 = Vector128.LoadUnsafe(ref target, 24), a7 = Vector128.LoadUnsafe(ref target, 28);
            for (int column = 0; column < columns; column++)
            {
                Vector128<float> xj = Vector128.Create(Unsafe.Add(ref x, column));
                a0 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj), a0);
                a1 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 4), a1);
                a2 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 8), a2);
                a3 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 12), a3);
                a4 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 16), a4);
                a5 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 20), a5);
                a6 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 24), a6);
                a7 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 28), a7);
                wj = ref Unsafe.Add(ref wj, WidePanel);
            }
            a0.StoreUnsafe(ref target);
            a1.StoreUnsafe(ref target, 4);
            a2.StoreUnsafe(ref target, 8);
            a3.StoreUnsafe(ref target, 12);
            a4.StoreUnsafe(ref target, 16);
            a5.StoreUnsafe(ref target, 20);
            a6.StoreUnsafe(ref target, 24);
            a7.StoreUnsafe(ref target, 28);
        }
    }

    private static void AddPanel(ref float w, ref float x, int columns, ref float y)
    {
        Vector128<float> a0 = Vector128.LoadUnsafe(ref y), a1 = Vector128.LoadUnsafe(ref y, 4);
        Vector128<float> a2 = Vector128.LoadUnsafe(ref y, 8), a3 = Vector128.LoadUnsafe(ref y, 12);
        for (int column = 0; column < columns; column++)
        {
            Vector128<float> xj = Vector128.Create(Unsafe.Add(ref x, column));
            a0 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref w), a0);
            a1 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref w, 4), a1);
            a2 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref w, 8), a2);
            a3 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref w, 12), a3);
            w = ref Unsafe.Add(ref w, Panel);
        }
        a0.StoreUnsafe(ref y);
        a1.StoreUnsafe(ref y, 4);
        a2.StoreUnsafe(ref y, 8);
        a3.StoreUnsafe(ref y, 12);
    }

    private static void AddNarrowPanel(ref float w, ref float x, int columns, ref float y)
    {
        Vector128<float> sum = Vector128.LoadUnsafe(ref y);
        for (int column = 0; column < columns; column++)
        {
            sum = Vector128.MultiplyAddEstimate(Vector128.Create(Unsafe.Add(ref x, column)), Vector128.LoadUnsafe(ref w), sum);
            w = ref Unsafe.Add(ref w, NarrowPanel);
        }
        sum.StoreUnsafe(ref y);
    }
}
