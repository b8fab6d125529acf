using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeRnn.Runtime;

/// <summary>Copies of a few numbers, as samples and answers mostly are.</summary>
internal static class SmallCopy
{
    private const int Few = 8;

    /// <summary>Copies a run to another that does not overlap it. The caller has proven that both lie in their arrays.</summary>
    // One by one: a wider load would wait for the narrower stores that a layer has just made here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<T>(T[] source, int sourceOffset, T[] target, int targetOffset, int count)
        where T : struct
    {
        if (count > Few)
        {
            Array.Copy(source, sourceOffset, target, targetOffset, count);
            return;
        }
        ref T from = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(source), sourceOffset);
        ref T to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target), targetOffset);
        for (nint i = 0; i < count; i++) Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
    }
}
