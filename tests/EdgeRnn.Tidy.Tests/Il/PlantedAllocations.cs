#pragma warning disable // every method here is wrong on purpose
using System;

namespace EdgeRnn.Tests.Il;

/// <summary>What <see cref="AllocationScan"/> must find on the way from one call, each behind another kind of call.</summary>
internal static class PlantedAllocations
{
    internal static int Quiet(float[] values, Worker worker)
    {
        Array.Clear(values, 0, values.Length);
        if (values.Length == 0) ThrowEmpty("values");
        return (int)Math.Min(values[0], worker.Count);
    }

    internal static int ObjectBehindAnOverride(Worker worker) => worker.Work(3);

    internal static int ObjectBehindAnInheritedInterface(IWork work) => work.Work(3);

    internal static float ArrayBehindStatics() => Table.Values[0];

    internal static object Box(int value) => Deeper(value);

    internal static int ObjectBehindAStructure() => Count<int[], Lanes>(null);

    internal static int BoxForObject() => Hash(new Lanes());

    private static int Count<TVector, TLanes>(TVector vector) where TLanes : struct, ILanes<TVector> => default(TLanes).Count(vector);

    private static int Hash<T>(T value) where T : struct => value.GetHashCode();

    internal static string Text(int value) => "value " + value.ToString();

    internal static void Throw_(int value)
    {
        Check(value);
    }

    internal static int Recursion(int depth) => depth == 0 ? 0 : Again(depth - 1);

    private static int Again(int depth) => Recursion(depth);

    private static object Deeper(int value) => value;

    private static void Check(int value)
    {
        if (value < 0) throw _shared;
    }

    private static readonly Exception _shared = null!;

    private static void ThrowEmpty(string what) => throw new ArgumentException(what + " is empty");

    internal interface IWork
    {
        int Work(int x);
    }

    internal abstract class Worker : IWork
    {
        public int Count => 3;

        public abstract int Work(int x);
    }

    internal sealed class Maker : Worker
    {
        public override int Work(int x) => new object().GetHashCode() + x;
    }

    internal static class Table
    {
        public static readonly float[] Values = new float[4];
    }

    internal interface ILanes<TVector>
    {
        int Count(TVector vector);
    }

    internal struct Lanes : ILanes<int[]>
    {
        public int Count(int[] vector) => new int[4].Length;
    }
}
