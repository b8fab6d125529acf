using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeRnn.Converter.Measure;

/// <summary>A packed matrix and its product.</summary>
internal abstract class ProductLoop
{
    /// <summary>Lays the matrix out; called once.</summary>
    public abstract void Pack(float[] weights, int rows, float[] inputs);

    /// <summary>Multiplies.</summary>
    public abstract void Run(int times);

    /// <summary>What came out, [rows].</summary>
    public abstract double[] Answer();
}

/// <summary>
/// The product with one instruction set. Panels of eight, four and one vectors of rows, in each the columns one after the other: one
/// stream of weights, no horizontal sums, and eight sums that do not wait for each other.
/// </summary>
/// <param name="integers">Whether sums are ints, else floats.</param>
internal sealed class ProductLoop<TLanes, TSum, TInput>(bool integers) : ProductLoop
    where TLanes : struct, IProductLanes<TSum, TInput>
    where TSum : struct
    where TInput : struct
{
    private AlignedBlock _weights = new(1);
    private AlignedBlock _inputs = new(1);
    private AlignedBlock _sums = new(1);
    private int _rows;
    private int _vectors; // of rows
    private int _groups;  // of columns

    public override void Pack(float[] weights, int rows, float[] inputs)
    {
        int columns = inputs.Length, step = TLanes.Rows * TLanes.Columns * TLanes.WeightBytes;
        _rows = rows;
        _vectors = (rows + TLanes.Rows - 1) / TLanes.Rows;
        _groups = (columns + TLanes.Columns - 1) / TLanes.Columns;
        _weights = new AlignedBlock(_vectors * _groups * step);
        _inputs = new AlignedBlock(_groups * TLanes.Columns * TLanes.InputBytes);
        _sums = new AlignedBlock(_vectors * Unsafe.SizeOf<TSum>());
        for (int column = 0; column < columns; column++) Put(_inputs.Bytes[(column * TLanes.InputBytes)..], inputs[column], TLanes.InputBytes);
        int at = 0;
        for (int vector = 0, width; vector < _vectors; vector += width)
        {
            width = PanelWidth(_vectors - vector);
            for (int group = 0; group < _groups; group++)
            {
                for (int row = vector * TLanes.Rows; row < (vector + width) * TLanes.Rows; row++)
                {
                    for (int column = group * TLanes.Columns; column < (group + 1) * TLanes.Columns; column++, at += TLanes.WeightBytes)
                    {
                        if (row < rows && column < columns) Put(_weights.Bytes[at..], weights[row * columns + column], TLanes.WeightBytes);
                    }
                }
            }
        }
    }

    public override double[] Answer()
    {
        double[] answer = new double[_rows];
        for (int row = 0; row < _rows; row++)
        {
            Span<byte> sum = _sums.Bytes[(row * sizeof(int))..];
            answer[row] = integers ? MemoryMarshal.Read<int>(sum) : (double)MemoryMarshal.Read<float>(sum);
        }
        return answer;
    }

    // Compiled once and fully, so that no product is timed half compiled.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(int times)
    {
        int panelBytes = _groups * TLanes.Rows * TLanes.Columns * TLanes.WeightBytes;
        ref byte x = ref _inputs.First;
        for (; times > 0; times--)
        {
            ref byte w = ref _weights.First;
            ref byte y = ref _sums.First;
            int left = _vectors;
            while (left > 0)
            {
                int width = PanelWidth(left);
                if (width == 8) Eight(ref w, ref x, _groups, ref y);
                else if (width == 4) Four(ref w, ref x, _groups, ref y);
                else One(ref w, ref x, _groups, ref y);
                w = ref Unsafe.Add(ref w, width * panelBytes);
                y = ref Unsafe.Add(ref y, width * Unsafe.SizeOf<TSum>());
                left -= width;
            }
        }
    }

    private static int PanelWidth(int vectors) => vectors >= 8 ? 8 : vectors >= 4 ? 4 : 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight(ref byte w, ref byte x, int groups, ref byte y)
    {
        TSum a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (; groups > 0; groups--)
        {
            TInput input = TLanes.Broadcast(ref x);
            a = TLanes.MultiplyAdd(a, ref w, input);
            b = TLanes.MultiplyAdd(b, ref At(ref w, 1), input);
            c = TLanes.MultiplyAdd(c, ref At(ref w, 2), input);
            d = TLanes.MultiplyAdd(d, ref At(ref w, 3), input);
            e = TLanes.MultiplyAdd(e, ref At(ref w, 4), input);
            f = TLanes.MultiplyAdd(f, ref At(ref w, 5), input);
            g = TLanes.MultiplyAdd(g, ref At(ref w, 6), input);
            h = TLanes.MultiplyAdd(h, ref At(ref w, 7), input);
            w = ref At(ref w, 8);
            x = ref Next(ref x, 1);
        }
        Store(ref y, 0, a);
        Store(ref y, 1, b);
        Store(ref y, 2, c);
        Store(ref y, 3, d);
        Store(ref y, 4, e);
        Store(ref y, 5, f);
        Store(ref y, 6, g);
        Store(ref y, 7, h);
    }

    // Two columns at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(ref byte w, ref byte x, int groups, ref byte y)
    {
        TSum a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (; groups >= 2; groups -= 2)
        {
            TInput first = TLanes.Broadcast(ref x), second = TLanes.Broadcast(ref Next(ref x, 1));
            a = TLanes.MultiplyAdd(a, ref w, first);
            b = TLanes.MultiplyAdd(b, ref At(ref w, 1), first);
            c = TLanes.MultiplyAdd(c, ref At(ref w, 2), first);
            d = TLanes.MultiplyAdd(d, ref At(ref w, 3), first);
            e = TLanes.MultiplyAdd(e, ref At(ref w, 4), second);
            f = TLanes.MultiplyAdd(f, ref At(ref w, 5), second);
            g = TLanes.MultiplyAdd(g, ref At(ref w, 6), second);
            h = TLanes.MultiplyAdd(h, ref At(ref w, 7), second);
            w = ref At(ref w, 8);
            x = ref Next(ref x, 2);
        }
        if (groups > 0)
        {
            TInput last = TLanes.Broadcast(ref x);
            a = TLanes.MultiplyAdd(a, ref w, last);
            b = TLanes.MultiplyAdd(b, ref At(ref w, 1), last);
            c = TLanes.MultiplyAdd(c, ref At(ref w, 2), last);
            d = TLanes.MultiplyAdd(d, ref At(ref w, 3), last);
        }
        Store(ref y, 0, TLanes.Add(a, e));
        Store(ref y, 1, TLanes.Add(b, f));
        Store(ref y, 2, TLanes.Add(c, g));
        Store(ref y, 3, TLanes.Add(d, h));
    }

    // Four columns at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(ref byte w, ref byte x, int groups, ref byte y)
    {
        TSum a = default, b = default, c = default, d = default;
        for (; groups >= 4; groups -= 4)
        {
            a = TLanes.MultiplyAdd(a, ref w, TLanes.Broadcast(ref x));
            b = TLanes.MultiplyAdd(b, ref At(ref w, 1), TLanes.Broadcast(ref Next(ref x, 1)));
            c = TLanes.MultiplyAdd(c, ref At(ref w, 2), TLanes.Broadcast(ref Next(ref x, 2)));
            d = TLanes.MultiplyAdd(d, ref At(ref w, 3), TLanes.Broadcast(ref Next(ref x, 3)));
            w = ref At(ref w, 4);
            x = ref Next(ref x, 4);
        }
        for (; groups > 0; groups--)
        {
            a = TLanes.MultiplyAdd(a, ref w, TLanes.Broadcast(ref x));
            w = ref At(ref w, 1);
            x = ref Next(ref x, 1);
        }
        Store(ref y, 0, TLanes.Add(TLanes.Add(a, b), TLanes.Add(c, d)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte At(ref byte weights, int vectors) =>
        ref Unsafe.Add(ref weights, vectors * TLanes.Rows * TLanes.Columns * TLanes.WeightBytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte Next(ref byte inputs, int groups) => ref Unsafe.Add(ref inputs, groups * TLanes.Columns * TLanes.InputBytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref byte target, int vector, TSum sum) =>
        Unsafe.As<byte, TSum>(ref Unsafe.Add(ref target, vector * Unsafe.SizeOf<TSum>())) = sum;

    private void Put(Span<byte> target, float value, int bytes)
    {
        if (!integers) MemoryMarshal.Write(target, value);
        else if (bytes == 1) target[0] = unchecked((byte)(int)value);
        else MemoryMarshal.Write(target, (short)value);
    }
}
