using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

// Inputs into their packed form.
internal sealed partial class QuantizedCellPanels
{
    /// <summary>Packs the inputs of one product.</summary>
    /// <param name="ints">Session memory; vectors read up to 15 ints behind the inputs.</param>
    /// <param name="product">Which one.</param>
    /// <param name="x">The layer's first input, or the hidden state.</param>
    /// <param name="to">First int of all packed inputs.</param>
    public void PackInputs(ref int ints, int product, int x, int to)
    {
        int columns = _columns[product];
        ref int from = ref Unsafe.Add(ref ints, x + _firstColumns[product]);
        ref int packed = ref Unsafe.Add(ref ints, to + Inputs[product]);
        if (IsNarrow) PackBytes(ref from, columns, ref packed);
        else PackWords(ref from, columns, ref packed);
    }

    private static void PackWords(ref int from, int columns, ref int to)
    {
        int column = 0;
        for (; column <= columns - Lanes; column += Lanes)
        {
            Vector512<int> x = Vector512.LoadUnsafe(ref from, (nuint)column);
            Avx512F.ConvertToVector256Int16(x).AsInt32().StoreUnsafe(ref to, (nuint)column / 2);
        }
        int left = columns - column;
        if (left == 0) return;
        Vector256<int> words = Avx512F.ConvertToVector256Int16(First(ref Unsafe.Add(ref from, column), left)).AsInt32();
        to = ref Unsafe.Add(ref to, column / 2);
        Vector128<int> half = words.GetLower();
        if (left > 8)
        {
            half.StoreUnsafe(ref to);
            to = ref Unsafe.Add(ref to, 4);
            half = words.GetUpper();
            left -= 8;
        }
        if (left > 4) half.StoreUnsafe(ref to);
        else Unsafe.WriteUnaligned(ref Unsafe.As<int, byte>(ref to), half.AsInt64().ToScalar());
    }

    // To 8 bits as QuantizedProduct narrows them, and 128 more: unsigned, as the multiplication wants them.
    private static void PackBytes(ref int from, int columns, ref int to)
    {
        int column = 0;
        for (; column <= columns - Lanes; column += Lanes)
        {
            Vector512<int> x = Narrowed(Vector512.LoadUnsafe(ref from, (nuint)column));
            Avx512F.ConvertToVector128Byte(x.AsUInt32()).AsInt32().StoreUnsafe(ref to, (nuint)column / 4);
        }
        if (column == columns) return;
        Vector512<int> last = Narrowed(First(ref Unsafe.Add(ref from, column), columns - column));
        Vector128<int> bytes = Avx512F.ConvertToVector128Byte(last.AsUInt32()).AsInt32();
        to = ref Unsafe.Add(ref to, column / 4);
        for (; column < columns; column += 4)
        {
            to = bytes.ToScalar();
            to = ref Unsafe.Add(ref to, 1);
            bytes = Vector128.Shuffle(bytes, Vector128.Create(1, 2, 3, 3));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Narrowed(Vector512<int> x)
    {
        Vector512<int> rounded = (x >> 8) + (x >> 7 & Vector512<int>.One), limit = Vector512.Create(QuantizedPointwise.Limit8);
        return Vector512.Max(Vector512.Min(rounded, limit), -limit) + Vector512.Create(128);
    }

    // What lies behind them becomes zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> First(ref int from, int count) =>
        Vector512.LoadUnsafe(ref from) & Vector512.GreaterThan(Vector512.Create(count), Vector512<int>.Indices);
}
