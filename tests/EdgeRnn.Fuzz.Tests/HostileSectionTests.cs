using System;
using System.Linq;
using EdgeRnn.Runtime;
using static EdgeRnn.Tests.Refusal;

namespace EdgeRnn.Tests;

/// <summary>
/// Header and sections: a valid file, and the same with one thing wrong. Nothing in the format nests - sections, records and segments
/// are flat lists with counts - so there is no depth to attack.
/// </summary>
public sealed class HostileSectionTests
{
    [Theory]
    [InlineData("Stream", "magic", 0x4E4E5246, ModelErrorCode.NotAModel, "header: the file does not start with the letters ERNN")]
    [InlineData("Stream", "formatVersion", 0, ModelErrorCode.UnsupportedVersion, "header: format version 0, this runtime has 1")]
    [InlineData("Stream", "formatVersion", 2, ModelErrorCode.UnsupportedVersion, "header: format version 2, this runtime has 1")]
    [InlineData("Stream", "arithmeticVersion", 2, ModelErrorCode.UnsupportedVersion, "header: arithmetic version 2, this runtime has 0 (float32) and 1 (integers)")]
    [InlineData("Stream", "minimumRuntimeVersion", 0, ModelErrorCode.UnsupportedVersion, "header: minimum runtime version 0, this runtime has 1")]
    [InlineData("Stream", "minimumRuntimeVersion", 2, ModelErrorCode.UnsupportedVersion, "header: minimum runtime version 2, this runtime has 1")]
    [InlineData("Stream", "sectionCount", 0, ModelErrorCode.WrongLength, "the last section ends")]
    [InlineData("Stream", "sectionCount", 4, ModelErrorCode.WrongLength, "the last section ends")]
    [InlineData("Stream", "sectionCount", 6, ModelErrorCode.WrongLength, "section 5: 1 bytes wanted")]
    [InlineData("Stream", "sectionCount", 65, ModelErrorCode.BadSection, "header: 65 sections, expected at most 64")]
    [InlineData("Stream", "totalLength", 64, ModelErrorCode.WrongLength, "header: the file says it has 64 bytes")]
    [InlineData("Stream", "totalLength", int.MaxValue, ModelErrorCode.WrongLength, "header: the file says it has 2147483647 bytes")]
    [InlineData("Stream", "totalLength", -1, ModelErrorCode.WrongLength, "header: the file says it has -1 bytes")]
    [InlineData("Stream", "reserved20", 1, ModelErrorCode.BadValue, "header: reserved field")]
    [InlineData("Stream", "reserved56", 1, ModelErrorCode.BadValue, "header: reserved field")]
    [InlineData("Stream", "GRPH.tag", 0x48505231, ModelErrorCode.BadSection, "should be a letter of a section tag")]
    [InlineData("Stream", "GRPH.tag", 0x48505241, ModelErrorCode.UnsupportedVersion, "section ARPH")]
    [InlineData("Stream", "GRPH.tag", 0x48505261, ModelErrorCode.BadSection, "section PLAN")]
    [InlineData("Stream", "meta.tag", 0x534E4554, ModelErrorCode.BadSection, "section TENS appears twice")]
    [InlineData("Stream", "GRPH.sectionLength", -1, ModelErrorCode.BadValue, "section 1: length")]
    [InlineData("Stream", "GRPH.sectionLength", int.MaxValue, ModelErrorCode.BadValue, "section 1: length")]
    [InlineData("Stream", "TENS.sectionLength", 100000, ModelErrorCode.BadValue, "section 3: length")]
    [InlineData("Stream", "PLAN.reserved", 1, ModelErrorCode.BadValue, "section 2: reserved field")]
    public void Wrong_header_field_is_refused(string file, string field, long value, ModelErrorCode code, string words) =>
        Refusal.ExpectOneWrongField(file, field, value, code, words);

    [Theory]
    [InlineData("Stream")]
    [InlineData("Window")]
    [InlineData("Decoder")]
    [InlineData("Mixed")]
    [InlineData("IntegerDecoder")]
    public void Truncated_anywhere_is_refused(string name)
    {
        byte[] file = ValidFiles.Named(name);
        for (int length = 0; length < file.Length; length++)
        {
            byte[] cut = file[..length];
            Assert.Throws<ModelException>(() => Model.Load(cut));
            if (length < 64) continue;
            // As if it had been written so: the header agrees and every whole section has its checksum.
            BitConverter.TryWriteBytes(cut.AsSpan(12), length);
            ErnnEdit.Seal(cut);
            Assert.Throws<ModelException>(() => Model.Load(cut));
            Assert.Throws<FormatException>(() => SecondReader.Read(cut));
        }
    }

    [Fact]
    public void Appended_bytes_are_refused()
    {
        foreach (int count in new[] { 1, 3, 4, 16, 64, 1000 })
        {
            byte[] longer = [.. ValidFiles.Stream, .. new byte[count]];
            Expect(longer, ModelErrorCode.WrongLength, "header: the file says it has");
            BitConverter.TryWriteBytes(longer.AsSpan(12), longer.Length);
            Expect(ErnnEdit.Seal(longer), ModelErrorCode.WrongLength, "the last section ends");
        }
    }

    [Theory]
    [InlineData("GRPH", ModelErrorCode.BadSection, "section GRPH is missing")]
    [InlineData("PLAN", ModelErrorCode.BadSection, "section PLAN is missing")]
    [InlineData("TENS", ModelErrorCode.BadSection, "section TENS is missing")]
    [InlineData("WIND", ModelErrorCode.BadSection, "section WIND is missing")]
    public void Missing_section_is_refused(string tag, ModelErrorCode code, string words) =>
        Expect(ErnnEdit.Join(ValidFiles.Decoder, ErnnEdit.Split(ValidFiles.Decoder).Where(section => section.Tag != tag)), code, words);

    [Theory]
    [InlineData("PREP")]
    [InlineData("GRPH")]
    [InlineData("PLAN")]
    [InlineData("TENS")]
    [InlineData("meta")]
    public void Section_that_appears_twice_is_refused(string tag) =>
        Expect(ErnnEdit.Join(ValidFiles.Stream, ErnnEdit.Split(ValidFiles.Stream)
            .SelectMany(section => section.Tag == tag ? new[] { section, section } : [section])), ModelErrorCode.BadSection, $"section {tag} appears twice");

    [Fact]
    public void Sections_out_of_order_are_refused()
    {
        ErnnSection[] sections = ErnnEdit.Split(ValidFiles.Stream).ToArray();
        for (int i = 0; i + 1 < sections.Length; i++)
        {
            ErnnSection[] swapped = (ErnnSection[])sections.Clone();
            (swapped[i], swapped[i + 1]) = (sections[i + 1], sections[i]);
            Expect(ErnnEdit.Join(ValidFiles.Stream, swapped), ModelErrorCode.BadSection, "is out of order");
        }
    }

    [Fact]
    public void Unknown_section_is_skipped_when_optional_and_refused_when_critical()
    {
        byte[] With(string tag) => ErnnEdit.Join(ValidFiles.Stream, ErnnEdit.Split(ValidFiles.Stream).Append(new ErnnSection(tag, [1, 2, 3])));
        foreach (string tag in new[] { "gold", "zzzz", "sign" })
        {
            Model.Load(With(tag));
            SecondReader.Read(With(tag));
        }
        Expect(With("ZZZZ"), ModelErrorCode.UnsupportedVersion, "section ZZZZ is unknown");
        Expect(With("Meta"), ModelErrorCode.UnsupportedVersion, "section Meta is unknown");
    }

    [Fact]
    public void Signature_that_is_not_last_is_refused() =>
        Expect(ErnnEdit.Join(ValidFiles.Stream, [.. ErnnEdit.Split(ValidFiles.Stream), new("sign", []), new("zzzz", [])]),
            ModelErrorCode.BadSection, "section zzzz follows sign");

    [Fact]
    public void Padding_that_is_not_zero_is_refused()
    {
        byte[] file = ErnnEdit.Join(ValidFiles.Stream, [.. ErnnEdit.Split(ValidFiles.Stream), new("zzzz", [7])]);
        Model.Load(file);
        file[^1] = 1;
        Expect(file, ModelErrorCode.BadValue, "zzzz: padding");
    }

    [Fact]
    public void Checksums_and_identity_that_do_not_match_are_refused()
    {
        Expect(ErnnEdit.WithRaw(ValidFiles.Stream, "checksum", 1), ModelErrorCode.ChecksumMismatch, "header: the checksum");
        foreach (string tag in new[] { "PREP", "GRPH", "PLAN", "TENS", "meta" })
            Expect(ErnnEdit.WithRaw(ValidFiles.Stream, tag + ".checksum", 1), ModelErrorCode.ChecksumMismatch, tag + ": the checksum");
        byte[] renamed = (byte[])ValidFiles.Stream.Clone();
        renamed[24] ^= 1;
        BitConverter.TryWriteBytes(renamed.AsSpan(60), SecondReader.Crc32(renamed.AsSpan(0, 60)));
        Expect(renamed, ModelErrorCode.ChecksumMismatch, "header: the model identity");
    }

    [Theory]
    [InlineData("PREP", "PREP: 1 unexpected bytes")]
    [InlineData("GRPH", "GRPH: 1 unexpected bytes")]
    [InlineData("WIND", "WIND: 1 unexpected bytes")]
    [InlineData("PLAN", "PLAN: 1 unexpected bytes")]
    [InlineData("meta", "meta: 1 unexpected bytes")]
    public void Section_with_a_byte_too_many_is_refused(string tag, string words)
    {
        byte[] file = tag == "WIND" ? ValidFiles.Window : ValidFiles.Stream;
        Expect(ErnnEdit.WithSection(file, tag, payload => [.. payload, 0]), ModelErrorCode.WrongLength, words);
    }
}
