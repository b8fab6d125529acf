using System;

namespace EdgeRnn.Benchmarks;

/// <summary>Counts what an action takes from the heap.</summary>
public static class AllocatedBytes
{
    private const long NoCollectionBytes = 4 << 20;

    /// <summary>Bytes. No collection runs meanwhile: one that ends in the background upsets the counter by what is left of a buffer.</summary>
    /// <param name="action">What to count; it allocates less than 4 MB.</param>
    public static long Of(Action action)
    {
        GC.TryStartNoGCRegion(NoCollectionBytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.EndNoGCRegion();
        return bytes;
    }
}
