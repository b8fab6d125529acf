using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace EdgeRnn.Tests;

/// <summary>
/// Changes to .ernn files that leave everything but the change in order: after an edit lengths, checksums and modelId are made
/// right again, so that the check under test is the one that speaks.
/// </summary>
internal static class ErnnEdit
{
    private const int HeaderBytes = 64, SectionHeaderBytes = 16;
    private static readonly string[] IdentityTags = ["PREP", "GRPH", "WIND", "TENS"];

    /// <summary>A copy with one field set (the low bytes of the value), sealed again.</summary>
    public static byte[] With(byte[] file, string field, long value) => Seal(WithRaw(file, field, value));

    /// <summary>A copy with one field set and nothing else.</summary>
    public static byte[] WithRaw(byte[] file, string field, long value)
    {
        byte[] copy = (byte[])file.Clone();
        Set(copy, FieldMap.Of(file)[field], value);
        return copy;
    }

    /// <summary>A copy with bytes inserted into a section before a field.</summary>
    public static byte[] Insert(byte[] file, string beforeField, params byte[] bytes)
    {
        int offset = FieldMap.Of(file)[beforeField].Offset;
        ErnnSection hit = Split(file).Single(section => offset >= section.Start && offset < section.Start + section.Payload.Length);
        int at = offset - hit.Start;
        return WithSection(file, hit.Tag, payload => [.. payload.AsSpan(0, at), .. bytes, .. payload.AsSpan(at)]);
    }

    /// <summary>A copy with bytes taken out of a section from a field on.</summary>
    public static byte[] Remove(byte[] file, string fromField, int count)
    {
        int offset = FieldMap.Of(file)[fromField].Offset;
        ErnnSection hit = Split(file).Single(section => offset >= section.Start && offset < section.Start + section.Payload.Length);
        int at = offset - hit.Start;
        return WithSection(file, hit.Tag, payload => [.. payload.AsSpan(0, at), .. payload.AsSpan(at + count)]);
    }

    public static void Set(byte[] file, Field field, long value)
    {
        for (int i = 0; i < field.Bytes; i++) file[field.Offset + i] = (byte)(value >> (8 * i));
    }

    public static List<ErnnSection> Split(byte[] file)
    {
        List<ErnnSection> sections = [];
        for (int at = HeaderBytes; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            sections.Add(new ErnnSection(Encoding.ASCII.GetString(file, at, 4), file.AsSpan(at + SectionHeaderBytes, length).ToArray(), at + SectionHeaderBytes));
            at += SectionHeaderBytes + length + (-length & 3);
        }
        return sections;
    }

    /// <summary>A file of these sections under the header of another; tensors are moved to where they now belong.</summary>
    public static byte[] Join(byte[] header, IEnumerable<ErnnSection> sections)
    {
        List<byte> file = [.. header.AsSpan(0, HeaderBytes)];
        int count = 0;
        foreach (ErnnSection section in sections)
        {
            int start = file.Count + SectionHeaderBytes;
            byte[] placed = section.Tag == "TENS" && section.Start != start ? PlaceTensors(section, start) : section.Payload;
            file.AddRange(Encoding.ASCII.GetBytes(section.Tag));
            file.AddRange(BitConverter.GetBytes(placed.Length));
            file.AddRange(new byte[8]);
            file.AddRange(placed);
            file.AddRange(new byte[-placed.Length & 3]);
            count++;
        }
        byte[] bytes = [.. file];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(10), (ushort)count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), bytes.Length);
        return Seal(bytes);
    }

    /// <summary>A copy whose section has another payload.</summary>
    public static byte[] WithSection(byte[] file, string tag, Func<byte[], byte[]> change) =>
        Join(file, Split(file).Select(section => section.Tag == tag ? section with { Payload = change(section.Payload) } : section));

    /// <summary>Where each section lies, as far as the chain holds: tag, first byte and length of the payload.</summary>
    public static IEnumerable<(string Tag, int Start, int Length)> Sections(byte[] file)
    {
        for (int at = HeaderBytes; at <= file.Length - SectionHeaderBytes;)
        {
            int start = at + SectionHeaderBytes, length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            if (length < 0 || length > file.Length - start) yield break;
            yield return (Encoding.ASCII.GetString(file, at, 4), start, length);
            at = start + length + (-length & 3);
        }
    }

    /// <summary>Recomputes every checksum and modelId that can be found, in place; a broken chain of sections is left as it is.</summary>
    public static byte[] Seal(byte[] file)
    {
        if (file.Length < HeaderBytes) return file;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file, 6, 2);
        (string Tag, int Start, int Length)[] sections = Sections(file).ToArray();
        foreach ((_, int start, int length) in sections)
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(start - 8), SecondReader.Crc32(file.AsSpan(start, length)));
        foreach (string tag in IdentityTags)
        {
            (_, int start, int length) = sections.FirstOrDefault(section => section.Tag == tag);
            if (start == 0) continue;
            hash.AppendData(file, start - SectionHeaderBytes, 8);
            hash.AppendData(file, start, length);
        }
        hash.GetHashAndReset().CopyTo(file, 24);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(60), SecondReader.Crc32(file.AsSpan(0, 60)));
        return file;
    }

    // Moves the data of tensors, whose places count from the start of the file, to where the section now starts.
    private static byte[] PlaceTensors(ErnnSection section, int start)
    {
        byte[] payload = section.Payload;
        List<(int PlaceAt, int From, int Length, int Scales, int ScaleLength)> tensors = [];
        int Word(int place) => BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(place));
        int at = 4;
        for (int left = BinaryPrimitives.ReadInt32LittleEndian(payload); left > 0; left--)
        {
            int place = at + 4 + 4 * payload[at + 1];
            tensors.Add((place, Word(place) - section.Start, Word(place + 4), Word(place + 8) - section.Start, Word(place + 12)));
            at = place + 16;
        }
        List<byte> placed = [.. payload.AsSpan(0, at)];
        foreach ((int placeAt, int from, int length, int scales, int scaleLength) in tensors)
        {
            Place(placeAt, 64, from, length);
            if (scaleLength > 0) Place(placeAt + 8, 4, scales, scaleLength);
        }
        return [.. placed];

        void Place(int placeAt, int alignment, int from, int length)
        {
            placed.AddRange(new byte[-(start + placed.Count) & (alignment - 1)]);
            byte[] offset = BitConverter.GetBytes(start + placed.Count);
            for (int i = 0; i < offset.Length; i++) placed[placeAt + i] = offset[i];
            placed.AddRange(payload.AsSpan(from, length));
        }
    }
}

/// <summary>A section and where its payload starts in the file it was taken from.</summary>
internal sealed record ErnnSection(string Tag, byte[] Payload, int Start = 0);
