using System;
using System.Collections.Generic;
using System.Reflection;
using System.Text;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Boards;

/// <summary>
/// What objects take in nanoFramework's managed heap, which hands out blocks of 12 bytes: an object one for itself and one for each
/// field, an array 20 bytes and its elements, a reference 12 bytes. Counted on the very objects the runtime makes.
/// </summary>
internal sealed class DeviceHeap
{
    /// <summary>Bytes that one object can take at most: 65,535 blocks.</summary>
    public const long MaxObjectBytes = 65_535 * _blockBytes;

    private const long _blockBytes = 12, _arrayHeaderBytes = 20, _stringHeaderBytes = 12;

    private static readonly Assembly _runtime = typeof(Model).Assembly;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Bytes of the largest object so far.</summary>
    public long LargestBytes { get; private set; }

    /// <summary>Bytes of an object and of everything it leads to, less what was counted before.</summary>
    public long Add(object? root)
    {
        long total = 0;
        foreach (object found in Reach(root, _seen))
        {
            long bytes = BytesOf(found);
            if (bytes > LargestBytes) LargestBytes = bytes;
            total += bytes;
        }
        return total;
    }

    /// <summary>Bytes of an array.</summary>
    /// <param name="elementBytes">Bytes of all elements.</param>
    public static long ArrayBytes(long elementBytes) => Blocks(_arrayHeaderBytes + elementBytes);

    /// <summary>Everything an object leads to, itself first, each once: objects of the runtime, arrays and texts.</summary>
    public static IEnumerable<object> Reach(object? root) => Reach(root, new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static IEnumerable<object> Reach(object? root, HashSet<object> seen)
    {
        Stack<object> pending = new();
        Push(root);
        while (pending.TryPop(out object? next))
        {
            yield return next;
            if (next is object?[] references)
            {
                foreach (object? reference in references) Push(reference);
            }
            else if (next is not Array and not string)
            {
                foreach (FieldInfo field in FieldsOf(next.GetType()))
                    if (!field.FieldType.IsValueType) Push(field.GetValue(next));
            }
        }

        void Push(object? found)
        {
            // What only .NET has, names and labels, is of other assemblies.
            if (found is Array or string || found?.GetType().Assembly == _runtime)
                if (seen.Add(found)) pending.Push(found);
        }
    }

    private static long BytesOf(object found)
    {
        switch (found)
        {
            case string text: return Blocks(_stringHeaderBytes + Encoding.UTF8.GetByteCount(text) + 1);
            case object?[] references: return ArrayBytes(_blockBytes * references.Length);
            case Array array: return ArrayBytes(Buffer.ByteLength(array));
        }
        long fields = 0;
        foreach (FieldInfo _ in FieldsOf(found.GetType())) fields++;
        return _blockBytes * (1 + fields);
    }

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (Type? at = type; at != null && at.Assembly == _runtime; at = at.BaseType)
        {
            foreach (FieldInfo field in at.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)) yield return field;
        }
    }

    private static long Blocks(long bytes) => (bytes + _blockBytes - 1) / _blockBytes * _blockBytes;
}
