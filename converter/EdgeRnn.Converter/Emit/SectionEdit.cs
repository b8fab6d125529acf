using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>
/// Adds and removes optional sections of a finished file, and changes numbers in others. The rest keeps its places and its bytes.
/// </summary>
internal static class SectionEdit
{
    private const int SectionCountOffset = 10;
    private const int TotalLengthOffset = 12;

    /// <summary>The file with an optional section at its end.</summary>
    /// <param name="file">A valid file without that section; not changed.</param>
    /// <param name="tag">Four letters, the first a small one.</param>
    /// <param name="payload">What the section holds.</param>
    /// <exception cref="ConversionException">The file is signed.</exception>
    public static byte[] Append(byte[] file, string tag, byte[] payload)
    {
        List<(string Tag, int Start, int End)> sections = SectionsOf(file);
        RequireUnsigned(sections, tag);
        ByteWriter writer = new();
        writer.Bytes(file);
        ErnnWriter.WriteSection(writer, tag, payload);
        return Seal(writer.ToArray(), sections.Count + 1);
    }

    /// <summary>The file without an optional section, which no tensor lies behind; the same file where it has none.</summary>
    /// <param name="file">A valid file; not changed.</param>
    /// <param name="tag">Four letters, the first a small one.</param>
    /// <exception cref="ConversionException">The file is signed.</exception>
    public static byte[] Remove(byte[] file, string tag)
    {
        List<(string Tag, int Start, int End)> sections = SectionsOf(file);
        int index = sections.FindIndex(section => section.Tag == tag);
        if (index < 0) return file;
        RequireUnsigned(sections, tag);
        (_, int start, int end) = sections[index];
        return Seal([.. file.AsSpan(0, start), .. file.AsSpan(end)], sections.Count - 1);
    }

    /// <summary>A copy of the file with a number of a section replaced.</summary>
    /// <param name="file">A valid file; not changed.</param>
    /// <param name="tag">A section that is no part of the model's identity and that the file has.</param>
    /// <param name="offset">Of the number in the section's payload.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ConversionException">The file is signed.</exception>
    public static byte[] Replace(byte[] file, string tag, int offset, int value)
    {
        List<(string Tag, int Start, int End)> sections = SectionsOf(file);
        RequireUnsigned(sections, tag);
        byte[] copy = [.. file];
        int start = sections.Find(section => section.Tag == tag).Start, payload = start + SectionTable.SectionHeaderBytes;
        int length = BinaryPrimitives.ReadInt32LittleEndian(copy.AsSpan(start + 4));
        BinaryPrimitives.WriteInt32LittleEndian(copy.AsSpan(payload + offset), value);
        BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(start + 8), Crc32.Compute(copy, payload, length));
        return Seal(copy, sections.Count);
    }

    private static byte[] Seal(byte[] file, int sectionCount)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(SectionCountOffset), (ushort)sectionCount);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(TotalLengthOffset), file.Length);
        ErnnWriter.SealHeader(file);
        return file;
    }

    // The runtime's reader proves the file first; after that lengths can be trusted.
    private static List<(string Tag, int Start, int End)> SectionsOf(byte[] file)
    {
        _ = new SectionTable(file);
        List<(string, int, int)> sections = [];
        for (int at = SectionTable.HeaderBytes; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            int end = at + SectionTable.SectionHeaderBytes + length + (-length & 3);
            sections.Add((Encoding.ASCII.GetString(file, at, 4), at, end));
            at = end;
        }
        return sections;
    }

    private static void RequireUnsigned(List<(string Tag, int Start, int End)> sections, string tag)
    {
        if (sections.Exists(section => section.Tag == "sign"))
        {
            throw new ConversionException($"section {tag}: the file is signed, a change would break its signature; " +
                "sign it afterwards");
        }
    }
}
