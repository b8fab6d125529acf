using System;
using System.Collections.Generic;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>The few Python names that describe a state_dict, and what each means as data.</summary>
internal static class PickleTorch
{
    private static readonly PickleGlobal _orderedDictionary = new("collections", "OrderedDict");
    private static readonly PickleGlobal _rebuildTensor = new("torch._utils", "_rebuild_tensor_v2");
    private static readonly PickleGlobal _rebuildParameter = new("torch._utils", "_rebuild_parameter");

    private static readonly Dictionary<string, ElementType> _storageTypes = new()
    {
        ["DoubleStorage"] = ElementType.Float64,
        ["FloatStorage"] = ElementType.Float32,
        ["HalfStorage"] = ElementType.Float16,
        ["BFloat16Storage"] = ElementType.BFloat16,
        ["LongStorage"] = ElementType.Int64,
        ["IntStorage"] = ElementType.Int32,
        ["ShortStorage"] = ElementType.Int16,
        ["CharStorage"] = ElementType.Int8,
        ["ByteStorage"] = ElementType.UInt8,
        ["BoolStorage"] = ElementType.Bool,
    };

    /// <summary>How the elements of a storage are written, if it is of a type that is read.</summary>
    public static bool TryElementType(PickleStorage storage, out ElementType type) => _storageTypes.TryGetValue(storage.TypeName, out type);

    /// <summary>
    /// Whether a name may stand in a state_dict. Storages of types that are not read are known, and refused where used.
    /// </summary>
    public static bool IsKnown(PickleGlobal global) => IsCallable(global) || IsStorageType(global);

    /// <summary>Whether a pickle may call a name.</summary>
    public static bool IsCallable(PickleGlobal global) =>
        global == _orderedDictionary || global == _rebuildTensor || global == _rebuildParameter;

    /// <summary>The value a call stands for; nothing runs.</summary>
    public static object Call(PickleGlobal function, object?[] arguments, PickleBytes at)
    {
        if (function == _orderedDictionary && arguments.Length == 0) return new PickleDictionary();
        if (function == _rebuildParameter && arguments is [PickleTensor parameter, ..]) return parameter;
        if (function == _rebuildTensor && arguments is [PickleStorage storage, long offset, object?[] shape, object?[] strides, ..]
            && shape.Length <= ContainerLimits.MaxRank && shape.Length == strides.Length && Array.TrueForAll(shape, size => size is long)
            && Array.TrueForAll(strides, stride => stride is long))
        {
            return new PickleTensor(storage, offset, Array.ConvertAll(shape, size => (long)size!),
                Array.ConvertAll(strides, stride => (long)stride!));
        }
        throw at.Damaged($"arguments of {function} that are not as torch.save writes them");
    }

    /// <summary>A persistent id: ('storage', type, key, location, count).</summary>
    public static PickleStorage Storage(object? id, PickleBytes at)
    {
        if (id is object?[] and ["storage", PickleGlobal type, string key, _, long count] && IsStorageType(type))
            return new PickleStorage(type.Name, key, count);
        throw at.Damaged("a persistent id other than ('storage', type, key, location, count)");
    }

    private static bool IsStorageType(PickleGlobal global) =>
        global.Module == "torch" && global.Name.EndsWith("Storage", StringComparison.Ordinal);
}
