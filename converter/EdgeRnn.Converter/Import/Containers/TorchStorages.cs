using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>Gathers tensors, contiguous or not, from the storages of a PyTorch archive.</summary>
internal sealed class TorchStorages
{
    /// <summary>Elements gathered per byte of the file: weights may share a storage, but not multiply without bound.</summary>
    private const long _maxElementsPerByte = 4;

    private readonly TorchArchive _archive;
    private readonly string _where;
    private readonly Dictionary<string, (PickleStorage Declared, byte[] Bytes)> _loaded = new(StringComparer.Ordinal);
    private long _elementsLeft;

    public TorchStorages(TorchArchive archive, string where, long fileBytes)
    {
        _archive = archive;
        _where = where;
        _elementsLeft = Math.Min(fileBytes * _maxElementsPerByte, ContainerLimits.MaxElements);
    }

    /// <summary>The elements a tensor looks at, in row-major order, as float32.</summary>
    /// <param name="name">The tensor, for messages.</param>
    /// <param name="view">Storage, offset, shape and strides as the file has them.</param>
    public Tensor Gather(string name, PickleTensor view)
    {
        string at = $"{_where}: {SourceText.Show(name)}";
        if (!PickleTorch.TryElementType(view.Storage, out ElementType type))
        {
            throw new ConversionException(
                $"{at}: element type {SourceText.Show(view.Storage.TypeName)} is not read; save tensor.float()");
        }
        long count = ElementCount.Of(view.Shape, at);
        CheckView(view, count, at);
        _elementsLeft -= count;
        if (_elementsLeft < 0)
        {
            throw new ConversionException(
                $"{at}: the tensors share their storages more often than weights do; save contiguous copies");
        }
        byte[] bytes = Load(view.Storage, type, at);
        int[] shape = Array.ConvertAll(view.Shape, size => (int)size);
        return new Tensor(count == 0 ? [] : Copy(bytes, type, view, (int)count), shape);
    }

    private byte[] Load(PickleStorage storage, ElementType type, string at)
    {
        if (_loaded.TryGetValue(storage.Key, out (PickleStorage Declared, byte[] Bytes) known))
        {
            if (known.Declared == storage) return known.Bytes;
            throw new ConversionException(
                $"{at}: storage {SourceText.Show(storage.Key)} is described in two ways; save contiguous copies");
        }
        byte[] bytes = _archive.Storage(storage.Key, storage.Count * ElementTypes.SizeOf(type));
        _loaded.Add(storage.Key, (storage, bytes));
        return bytes;
    }

    /// <summary>
    /// Proves that every index of the view lies in the storage and that it does not repeat elements without bound.
    /// </summary>
    private static void CheckView(PickleTensor view, long count, string at)
    {
        long stored = view.Storage.Count;
        bool valid = stored is >= 0 and <= ContainerLimits.MaxFileBytes && view.Offset >= 0 && view.Offset <= stored && count <= stored;
        long last = view.Offset;
        for (int axis = 0; valid && count > 0 && axis < view.Shape.Length; axis++)
        {
            long stride = view.Strides[axis];
            // The stride of an axis of one is never used, and PyTorch writes anything there.
            if (view.Shape[axis] <= 1) continue;
            valid = stride >= 0 && stride <= stored;
            if (valid) last += (view.Shape[axis] - 1) * stride;
        }
        if (valid && (count == 0 || last < stored)) return;
        throw new ConversionException($"{at}: shape [{string.Join(", ", view.Shape)}] with strides [{string.Join(", ", view.Strides)}] " +
            $"from element {view.Offset} does not fit a storage of {stored} elements; save tensor.contiguous()");
    }

    private static float[] Copy(byte[] bytes, ElementType type, PickleTensor view, int count)
    {
        float[] elements = new float[count];
        long[] index = new long[view.Shape.Length];
        long source = view.Offset;
        for (int i = 0; i < count; i++)
        {
            elements[i] = ElementTypes.Read(bytes, type, (int)source);
            for (int axis = index.Length - 1; axis >= 0; axis--)
            {
                source += view.Strides[axis];
                if (++index[axis] < view.Shape[axis]) break;
                source -= view.Strides[axis] * view.Shape[axis];
                index[axis] = 0;
            }
        }
        return elements;
    }
}
