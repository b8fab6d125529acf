using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>
/// The zip archive torch.save writes: ROOT/data.pkl and the raw storages ROOT/data/KEY, stored without compression. Sizes come
/// from the directory and together cannot exceed the file, so an archive never grows while it is read.
/// </summary>
internal sealed class TorchArchive : IDisposable
{
    private const string _pickleName = "/data.pkl";
    private const string _remedy = "save the weights with torch.save(model.state_dict(), f)";
    private const int _maxEntries = ContainerLimits.MaxTensors + 16;
    private const long _maxPickleBytes = 1 << 25;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly string _where;
    private readonly string _root;

    /// <param name="bytes">The whole file.</param>
    /// <param name="where">The file, for messages.</param>
    /// <exception cref="ConversionException">No such archive.</exception>
    public TorchArchive(byte[] bytes, string where)
    {
        _where = where;
        // Counted before the zip reader makes an object of each.
        if (bytes.AsSpan().Count("PK\u0001\u0002"u8) > _maxEntries)
            throw new ConversionException($"{_where}: more than {_maxEntries} entries in the archive; {_remedy}");
        _zip = Guarded(() => new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read));
        Guarded(IndexEntries);
        _root = FindRoot();
        RefuseTorchScript();
        CheckSizes(bytes.Length);
        RefuseBigEndian();
    }

    /// <summary>The pickle that describes the tensors.</summary>
    public byte[] Pickle() => ReadEntry(_root + _pickleName, null, _maxPickleBytes);

    /// <summary>The raw elements of a storage.</summary>
    /// <param name="key">Its name below data/.</param>
    /// <param name="expectedBytes">The size it must have.</param>
    public byte[] Storage(string key, long expectedBytes) => ReadEntry($"{_root}/data/{key}", expectedBytes, ContainerLimits.MaxFileBytes);

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private int IndexEntries()
    {
        foreach (ZipArchiveEntry entry in _zip.Entries)
        {
            if (!_entries.TryAdd(entry.FullName, entry))
                throw new ConversionException($"{_where}: two entries are named {SourceText.Show(entry.FullName)}; {_remedy}");
        }
        return _entries.Count;
    }

    private void CheckSizes(long fileBytes)
    {
        long total = 0;
        foreach ((string fullName, ZipArchiveEntry entry) in _entries)
        {
            string name = SourceText.Show(fullName);
            if (entry.IsEncrypted) throw new ConversionException($"{_where}: {name} is encrypted; {_remedy}");
            // Deflate may by chance give as many bytes as it took, and then the checksum decides.
            if (entry.CompressedLength != entry.Length)
            {
                throw new ConversionException(
                    $"{_where}: {name} is compressed, torch.save stores without compression; {_remedy}");
            }
            if (entry.Length < 0 || entry.Length > fileBytes - total)
                throw new ConversionException($"{_where}: {name} and the entries before it are larger than the file; {_remedy}");
            total += entry.Length;
        }
    }

    private string FindRoot()
    {
        string? root = null;
        foreach (string name in _entries.Keys)
        {
            int slash = name.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 || !name.AsSpan(slash).SequenceEqual(_pickleName)) continue;
            if (root != null) throw new ConversionException($"{_where}: two data.pkl in one archive; {_remedy}");
            root = name[..^_pickleName.Length];
        }
        return root ?? throw new ConversionException(
            $"{_where}: a zip archive without data.pkl, so not a PyTorch file; it holds {SourceText.List([.. _entries.Keys])}; {_remedy}");
    }

    private void RefuseTorchScript()
    {
        foreach (string name in _entries.Keys)
        {
            if (name == $"{_root}/constants.pkl" || name.StartsWith($"{_root}/code/", StringComparison.Ordinal))
                throw new ConversionException($"{_where}: a TorchScript archive (torch.jit.save), which is a program; {_remedy}");
        }
    }

    private void RefuseBigEndian()
    {
        string name = $"{_root}/byteorder";
        if (!_entries.ContainsKey(name)) return;
        string order = Encoding.Latin1.GetString(ReadEntry(name, null, 16));
        if (order != "little")
        {
            throw new ConversionException(
                $"{_where}: byte order {SourceText.Show(order)}, expected little; save it on a little-endian machine");
        }
    }

    private byte[] ReadEntry(string name, long? expectedBytes, long maxBytes)
    {
        if (!_entries.TryGetValue(name, out ZipArchiveEntry? entry))
            throw new ConversionException($"{_where}: the archive has no entry {SourceText.Show(name)}; {_remedy}");
        if (entry.Length > maxBytes || expectedBytes is long expected && entry.Length != expected)
        {
            throw new ConversionException($"{_where}: {SourceText.Show(name)} has {entry.Length} bytes, expected " +
                $"{(expectedBytes is long exact ? exact : $"at most {maxBytes}")}; {_remedy}");
        }
        byte[] content = Guarded(() =>
        {
            byte[] stored = new byte[entry.Length];
            using Stream stream = entry.Open();
            stream.ReadExactly(stored);
            return stored;
        });
        if (Crc32.Compute(content, 0, content.Length) != entry.Crc32)
            throw new ConversionException($"{_where}: {SourceText.Show(name)} is damaged, its checksum is wrong; {_remedy}");
        return content;
    }

    /// <summary>Whatever the zip reader makes of damaged bytes is one kind of error here.</summary>
    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException or ArgumentException
            or OverflowException or InvalidOperationException)
        {
            throw new ConversionException($"{_where}: a damaged zip archive: {SourceText.Show(error.Message)}; {_remedy}", error);
        }
    }
}
