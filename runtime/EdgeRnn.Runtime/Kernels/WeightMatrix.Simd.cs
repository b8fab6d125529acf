using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// Vectors: columns are stored side by side in panels of 64, 16 and 4 rows, so that a product broadcasts one x and multiplies
// straight from memory, with no horizontal sums. What is left of the rows stays row-major at the end. The layout is the same
// for every vector width; the panels' products are in WeightMatrix.Panels.Simd.cs.
internal sealed partial class WeightMatrix
{
    private const int WidePanel = 64;
    private const int Panel = 16;
    private const int NarrowPanel = 4;

    private bool _packed;

    partial void Pack(WeightPacking? packing)
    {
        if (!Vector128.IsHardwareAccelerated || packing is { LeavesOutVectors: true }) return;
        _packed = true;
        if (_rows < NarrowPanel) return;
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
            ref float rows = ref Unsafe.Add(ref target, row);
            if (Vector512.IsHardwareAccelerated) AddWidePanel512(ref w, ref first, _columns, ref rows);
            else if (Vector256.IsHardwareAccelerated) AddWidePanel256(ref w, ref first, _columns, ref rows);
            else AddWidePanel128(ref w, ref first, _columns, ref rows);
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
            Unsafe.Add(ref target, row) += Dot(ref w, ref first, _columns);
            w = ref Unsafe.Add(ref w, _columns);
        }
    }
}
