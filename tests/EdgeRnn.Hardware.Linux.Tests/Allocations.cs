using System;

namespace EdgeRnn.Tests;

/// <summary>Counts what a thread allocates.</summary>
internal static class Allocations
{
    /// <summary>Bytes of many turns, after one that is not counted: the first use of code may allocate, for the process.</summary>
    /// <param name="turn">What is measured.</param>
    /// <param name="turns">How often.</param>
    public static long Of(Action turn, int turns = 1000)
    {
        turn();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < turns; i++) turn();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
