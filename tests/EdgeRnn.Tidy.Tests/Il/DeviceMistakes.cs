#pragma warning disable // every type here is wrong on purpose
using System;
using System.Collections.Generic;

namespace EdgeRnn.Tests.Il;

/// <summary>One class per mistake <see cref="DeviceSafetyScan"/> must find, and one it must not complain about.</summary>
internal static class DeviceMistakes
{
    internal struct Pair
    {
        public int First;
    }

    internal sealed class Sound
    {
        private static readonly int[] _table = { 1, 2, 3, 4 };
        private readonly DayOfWeek _day = DayOfWeek.Friday;
        private int[][] _jagged = new int[2][];

        public string Text(float[] values, ref int count)
        {
            ref float first = ref values[0];
            count += _table[1] + (int)_day + _jagged.Length;
            first += (float)Math.Exp(values[1]);
            if (count < 0) throw new ArgumentException("count: " + count.ToString());
            return "a" + "b";
        }
    }

    internal sealed class GenericType<T>
    {
    }

    internal sealed class GenericMethod
    {
        public void Swap<T>(T[] values) => values[0] = values[1];
    }

    internal sealed class GenericCall
    {
        public int[] None() => Array.Empty<int>();
    }

    internal sealed class GenericField
    {
        public List<int> Values;
    }

    internal sealed class SpanParameter
    {
        public int Length(Span<float> values) => values.Length;
    }

    internal sealed class StructLocal
    {
        public int Read(int x)
        {
            Pair pair = new Pair { First = x };
            return pair.First;
        }
    }

    internal sealed class NullableReturn
    {
        public int? Find() => null;
    }

    internal sealed class TupleReturn
    {
        public (int, int) Both() => (1, 2);
    }

    internal sealed class Rectangular
    {
        public float[,] Values;
    }

    internal sealed class Boxing
    {
        public object Box(int x) => x;
    }

    internal sealed class Lambda
    {
        public Action Make() => () => { };
    }

    internal sealed class Iterator
    {
        public System.Collections.IEnumerable Count()
        {
            yield return "one";
        }
    }

    internal sealed class Interpolation
    {
        public string Text(int x) => $"{x} steps";
    }

    internal sealed class CheckedArithmetic
    {
        public int Sum(int a, int b) => checked(a + b);
    }

    internal sealed class Pinned
    {
        public unsafe void Clear(byte[] values)
        {
            fixed (byte* p = values) *p = 0;
        }
    }

    internal sealed class DecimalField
    {
        public decimal Price;
    }

    internal sealed class FloatMath
    {
        public float Root(float x) => MathF.Sqrt(x);
    }

    internal sealed class Filter
    {
        public void Try()
        {
            try
            {
                Try();
            }
            catch (Exception e) when (e.Message.Length > 3)
            {
            }
        }
    }

    internal sealed class VolatileField
    {
        public volatile bool IsStopping;
    }

    internal sealed class NestedStruct
    {
        internal struct Inner
        {
        }
    }
}
