using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using static EdgeRnn.Tests.SecondCursor;

namespace EdgeRnn.Tests;

/// <summary>
/// A reader of .ernn files written from runtime/FORMAT.md alone, sharing nothing with the runtime. It accepts a file exactly when
/// every must of the page holds; otherwise it throws a <see cref="FormatException"/> that names the rule.
/// </summary>
internal sealed class SecondReader
{
    private const int HeaderBytes = 64, SectionHeaderBytes = 16;
    private static readonly string[] CriticalTags = ["PREP", "GRPH", "WIND", "PLAN", "TENS"];
    private static readonly string[] IdentityTags = ["PREP", "GRPH", "WIND", "TENS"];

    private readonly byte[] _file;
    private readonly Dictionary<string, (int Start, int Length)> _sections = [];
    private readonly SecondModel _model = new();

    private SecondReader(byte[] file) => _file = file;

    public static SecondModel Read(byte[] file, long maxSessionBytes = SecondChecks.MaxSessionBytes)
    {
        SecondReader reader = new(file);
        reader.ReadHeader();
        reader.ReadGraphs();
        reader.ReadInput();
        reader.ReadTensors();
        SecondLayerRules.Check(reader._model);
        reader.ReadWindow();
        reader.ReadPlan();
        reader.ReadMetadata();
        SecondChecks.Check(reader._model, maxSessionBytes);
        reader.ReadDetector();
        return reader._model;
    }

    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }

    private void ReadHeader()
    {
        SecondCursor header = new(_file, 0, _file.Length);
        Must(header.Bytes(4).AsSpan().SequenceEqual("ERNN"u8), "magic is ERNN");
        Must(header.U16() == 1, "formatVersion is 1");
        int arithmetic = header.U16();
        Must(arithmetic <= 1, "arithmeticVersion is 0 or 1");
        _model.IsQuantized = arithmetic == 1;
        Must(header.U16() == 1, "minimumRuntimeVersion is 1");
        int sectionCount = header.U16();
        Must(sectionCount <= 64, "at most 64 sections");
        Must(header.I32() == _file.Length, "totalLength is the length of the file");
        _model.ModelVersion = header.I32();
        header.Zeros(4, "reserved");
        _model.ModelId = header.Bytes(32);
        header.Zeros(4, "reserved");
        Must(header.U32() == Crc32(_file.AsSpan(0, 60)), "header checksum");

        int next = HeaderBytes, order = -1; // order: the place of the last critical section
        for (int i = 0; i < sectionCount; i++) ReadSection(ref next, ref order, i == sectionCount - 1);
        Must(next == _file.Length, "the file ends with the last section");
        foreach (string tag in new[] { "GRPH", "PLAN", "TENS" }) Must(_sections.ContainsKey(tag), tag + " is present");
        Must(_model.ModelId.AsSpan().SequenceEqual(ComputeId()), "modelId");
    }

    private void ReadSection(ref int next, ref int order, bool isLast)
    {
        SecondCursor section = new(_file, next, _file.Length - next);
        string tag = Encoding.ASCII.GetString(section.Bytes(4));
        Must(tag.All(char.IsAsciiLetter), "a tag is four letters");
        int length = section.I32();
        uint checksum = section.U32();
        section.Zeros(4, "reserved");
        int start = section.Position;
        Must(Crc32(section.Bytes(length)) == checksum, tag + " checksum");
        section.Zeros(-length & 3, "padding");
        next = section.Position;
        Must(!_sections.ContainsKey(tag), "a tag appears once");

        if (char.IsAsciiLetterUpper(tag[0]))
        {
            int place = Array.IndexOf(CriticalTags, tag);
            Must(place >= 0, tag + " is critical and unknown");
            Must(place > order, "critical sections come first, in their order");
            order = place;
        }
        else
        {
            order = CriticalTags.Length;
            Must(tag != "sign" || isLast, "sign is the last section");
        }
        _sections[tag] = (start, length);
    }

    private byte[] ComputeId()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_file, 6, 2);
        foreach (string tag in IdentityTags)
        {
            if (!_sections.TryGetValue(tag, out (int Start, int Length) section)) continue;
            hash.AppendData(Encoding.ASCII.GetBytes(tag));
            hash.AppendData(BitConverter.GetBytes(section.Length));
            hash.AppendData(_file, section.Start, section.Length);
        }
        return hash.GetHashAndReset();
    }

    private SecondCursor? Open(string tag) =>
        _sections.TryGetValue(tag, out (int Start, int Length) section) ? new SecondCursor(_file, section.Start, section.Length) : null;

    private void ReadGraphs()
    {
        SecondCursor cursor = Open("GRPH")!;
        int count = cursor.U8();
        Must(count is 1 or 2, "graphCount is 1 or 2");
        for (int i = 0; i < count; i++) _model.Graphs.Add(SecondGraphReader.Read(cursor, _model.IsQuantized));
        cursor.AtEnd("GRPH");
    }

    private void ReadInput()
    {
        if (Open("PREP") is not { } cursor) return;
        int channels = cursor.I32();
        Must(channels == _model.Main.InputSize, "channelCount is the input size of the first graph");
        bool counts = cursor.U8(_model.IsQuantized ? 1 : 0, "integerForm") == 1;
        cursor.Zeros(3, "reserved");
        float clip = cursor.FiniteF32("clip");
        Must(clip >= 0, "clip is at least 0");
        float[] mean = cursor.FiniteF32s(channels, "mean"), inverseScale = cursor.FiniteF32s(channels, "inverseScale");
        string[] names = new string[channels], units = new string[channels];
        for (int channel = 0; channel < channels; channel++) (names[channel], units[channel]) = (cursor.Text(), cursor.Text());
        _model.Input = new SecondInput(clip, mean, inverseScale, names, units, counts ? ReadCounts(cursor, channels) : null);
        cursor.AtEnd("PREP");
    }

    private static SecondCounts ReadCounts(SecondCursor cursor, int channels)
    {
        int lowest = cursor.I32(-32767, 0, "lowest"), highest = cursor.I32(0, 32767, "highest");
        long[] offsets = new long[channels];
        int[] multipliers = new int[channels], shifts = new int[channels];
        for (int i = 0; i < channels; i++) Must(Int128.Abs(offsets[i] = cursor.I64()) <= 1L << 62, "an offset is at most 2^62 either way");
        for (int i = 0; i < channels; i++) multipliers[i] = cursor.I32();
        for (int i = 0; i < channels; i++) Must((shifts[i] = cursor.U8()) is >= 1 and <= 62, "a shift is 1 to 62");
        return new SecondCounts(lowest, highest, offsets, multipliers, shifts);
    }

    private void ReadTensors()
    {
        (int start, int length) = _sections["TENS"];
        _model.Tensors.AddRange(SecondTensorReader.Read(_file, start, length, _model.IsQuantized));
        HashSet<int> used = [];
        foreach (SecondLayer layer in _model.Graphs.SelectMany(graph => graph.Layers))
        {
            foreach ((int role, int index) in layer.TensorIndices)
            {
                Must(index < _model.Tensors.Count, "tensor is an index into TENS");
                layer.Tensors[role] = _model.Tensors[index];
                used.Add(index);
            }
        }
        Must(used.Count == _model.Tensors.Count, "every tensor is used");
    }

    private void ReadWindow()
    {
        if (Open("WIND") is not { } cursor)
        {
            Must(_model.Graphs.Count == 1, "a decoder needs WIND");
            return;
        }
        _model.Window = SecondWindowRules.Read(cursor);
        cursor.AtEnd("WIND");
        SecondWindowRules.Check(_model);
    }

    private void ReadPlan()
    {
        SecondCursor cursor = Open("PLAN")!;
        _model.Plan = [cursor.I32(), cursor.I32(), cursor.I32(), cursor.I32(), cursor.I32(0, int.MaxValue, "warmUpSteps")];
        cursor.AtEnd("PLAN");
    }

    private void ReadDetector()
    {
        if (Open("detc") is not { } cursor) return;
        (int start, int length) = _sections["detc"];
        _model.Detector = SecondDetector.Read(cursor, _file[start..(start + length)], _model);
    }

    private void ReadMetadata()
    {
        if (Open("meta") is not { } cursor) return;
        int pairs = cursor.U16();
        for (int i = 0; i < pairs; i++) Must(_model.Metadata.TryAdd(cursor.Text(), cursor.LongText()), "keys appear once");
        cursor.AtEnd("meta");
    }
}
