using System.Collections.Generic;
using System.IO;
using System.IO.Compression;

namespace EdgeRnn.Converter.Tests.Containers;

/// <summary>Takes the zip archive of a .pt file apart and packs it again, with correct checksums whatever was changed.</summary>
internal static class TorchEntries
{
    public static Dictionary<string, byte[]> Unpack(byte[] file)
    {
        Dictionary<string, byte[]> entries = [];
        using ZipArchive source = new(new MemoryStream(file));
        foreach (ZipArchiveEntry entry in source.Entries)
        {
            using Stream stream = entry.Open();
            using MemoryStream content = new();
            stream.CopyTo(content);
            entries.Add(entry.FullName, content.ToArray());
        }
        return entries;
    }

    public static byte[] Pack(Dictionary<string, byte[]> entries, CompressionLevel compression = CompressionLevel.NoCompression)
    {
        using MemoryStream packed = new();
        using (ZipArchive target = new(packed, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream stream = target.CreateEntry(name, compression).Open();
                stream.Write(content);
            }
        }
        return packed.ToArray();
    }
}
