using System;

namespace EdgeRnn.Tests;

/// <summary>
/// Counts what a thread allocates. Tests that use it run alone, in a collection without parallel ones: a collection of garbage that
/// another test brings about upsets the counter.
/// </summary>
internal static class AllocatedBytes
{
    private const int NoCollectionBytes = 4 << 20;

    public static long During(Action action)
    {
        Assert.True(GC.TryStartNoGCRegion(NoCollectionBytes));
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.EndNoGCRegion();
        return bytes;
    }
}
