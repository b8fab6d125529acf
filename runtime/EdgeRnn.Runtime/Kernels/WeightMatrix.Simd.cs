using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

/// <remarks>
/// With vectors, columns are stored side by side in panels of 64, 32, 16 or 8 rows, so that a product broadcasts one x and multiplies
/// straight from memory, with no horizontal sums; the last panel is filled up with rows of zeros where that costs less than another
/// panel would. Up to four rows that are left stay row-major behind the panels. The layout is the same for every vector width.
/// </remarks>
internal sealed partial class WeightMatrix
{
    private const int WidePanel = 64;
    private const int HalfPanel = 32;
    private const int Panel = 16;
    private const int NarrowPanel = 8;
    private const int LooseRows = 4;
    private const int CacheLineFloats = 16;

    private bool _packed;
    private int _firstValue; // of the packed copy: the first on a cache line

    partial void Pack(int firstRow, WeightPacking? packing)
    {
        if (!Vector128.IsHardwareAccelerated || packing is { LeavesOutVectors: true }) return;
        _packed = true;
        if (_rows <= LooseRows) return;
        float[] packed = GC.AllocateArray<float>(PaddedRows(_rows) * _columns + CacheLineFloats, pinned: true);
        _firstValue = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(packed, 0) / sizeof(float) & (CacheLineFloats - 1));
        int at = _firstValue;
        for (int row = 0; row < _rows;)
        {
            int left = _rows - row, width = PanelWidth(left), rows = Math.Min(width, left);
            PackPanel(_values.AsSpan((firstRow + row) * _columns, rows * _columns), packed.AsSpan(at, width * _columns), rows, width);
            at += width * _columns;
            row += width;
        }
        _values = packed;
    }

    // From [rows, columns] to [columns, width], or a plain copy of rows that stay loose.
    private void PackPanel(ReadOnlySpan<float> from, Span<float> to, int rows, int width)
    {
        if (width <= LooseRows)
        {
            from.CopyTo(to);
            return;
        }
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> values = from.Slice(row * _columns, _columns);
            int at = row;
            for (int column = 0; column < values.Length; column++, at += width) to[at] = values[column];
        }
    }

    // Rows of the panel that takes the first of the rows left. A panel is filled up if at most a quarter of it stays empty, or if
    // the rows would need two more.
    private static int PanelWidth(int rowsLeft)
    {
        if (rowsLeft > 3 * Panel) return WidePanel;
        if (rowsLeft > HalfPanel - NarrowPanel) return HalfPanel;
        if (rowsLeft > NarrowPanel) return Panel;
        return rowsLeft > LooseRows ? NarrowPanel : rowsLeft;
    }

    private static int PaddedRows(int rows)
    {
        int padded = 0;
        while (padded < rows) padded += PanelWidth(rows - padded);
        return padded;
    }

    partial void AddProductVector(float[] x, int xOffset, float[] y, int yOffset, ref bool done)
    {
        if (!_packed) return;
        done = true;
        Span<float> target = y.AsSpan(yOffset, _rows);
        Product(x.AsSpan(xOffset, _columns), target, target);
    }

    partial void SetAffineVector(float[]? bias, int biasOffset, float[] x, int xOffset, float[] y, int yOffset, ref bool done)
    {
        if (!_packed) return;
        done = true;
        if (_rows == 1)
        {
            y[yOffset] = (bias == null ? 0 : bias[biasOffset]) + SingleRow(x.AsSpan(xOffset, _columns));
            return;
        }
        Span<float> target = y.AsSpan(yOffset, _rows);
        if (bias == null) target.Clear();
        Product(x.AsSpan(xOffset, _columns), bias == null ? target : bias.AsSpan(biasOffset, _rows), target);
    }

    private float SingleRow(ReadOnlySpan<float> x) =>
        Dot(ref MemoryMarshal.GetArrayDataReference(_values), ref MemoryMarshal.GetReference(x), x.Length);

    // y = start + W x; start may be y.
    private void Product(ReadOnlySpan<float> x, ReadOnlySpan<float> start, Span<float> y)
    {
        ref float w = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), _firstValue);
        ref float input = ref MemoryMarshal.GetReference(x), from = ref MemoryMarshal.GetReference(start), to = ref MemoryMarshal.GetReference(y);
        if (y.Length == 1) to = from + Dot(ref w, ref input, _columns);
        else if (y.Length <= LooseRows) SetRows(ref w, ref input, _columns, ref from, ref to, y.Length);
        else SetPanels(ref w, ref input, ref from, ref to);
    }

    // Apart, so that heads of one output do not save the registers these loops need.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SetPanels(ref float w, ref float x, ref float start, ref float y)
    {
        int left = _rows, columns = _columns;
        while (left > LooseRows)
        {
            int width = PanelWidth(left);
            switch (width)
            {
                case WidePanel: SetWidePanel(ref w, ref x, columns, ref start, ref y, left); break;
                case HalfPanel: SetHalfPanel(ref w, ref x, columns, ref start, ref y, left); break;
                case Panel: SetPanel(ref w, ref x, columns, ref start, ref y, left); break;
                default: SetNarrowPanel(ref w, ref x, columns, ref start, ref y, left); break;
            }
            left -= width;
            if (left <= 0) return;
            w = ref Unsafe.Add(ref w, width * columns);
            start = ref Unsafe.Add(ref start, width);
            y = ref Unsafe.Add(ref y, width);
        }
        if (left == 1) y = start + Dot(ref w, ref x, columns);
        else SetRows(ref w, ref x, columns, ref start, ref y, left);
    }
}
