using System;

namespace EdgeRnn.Benchmarks;

/// <summary>Counts what an action takes from the heap.</summary>
public static class AllocatedBytes
{
    private const int Tries = 5;

    /// <summary>
    /// Bytes, the least of some tries: what allocates does so each time, and a collection that ends in the background upsets the counter
    /// by what is left of a buffer.
    /// </summary>
    /// <param name="action">What to count.</param>
    public static long Of(Action action)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Tries && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
