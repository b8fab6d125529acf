namespace EdgeRnn.Runtime;

/// <summary>
/// The header and the sections of an .ernn file (FORMAT.md, "Header" and "Sections"): checks versions, lengths, order and
/// checksums, and hands out a reader for each section.
/// </summary>
internal sealed class SectionTable
{
    public const int FormatVersion = 1;
    public const int RuntimeVersion = 1;
    public const int HeaderBytes = 64;
    public const int SectionHeaderBytes = 16;
    public const int ModelIdOffset = 24;
    public const int ModelIdBytes = 32;
    public const int ChecksumOffset = 60;

    /// <summary>The arithmetic version of quantized models.</summary>
    public const int IntegerArithmetic = 1;

    private const int Magic = 0x4E4E5245; // "ERNN"
    private const int MaxSections = 64;

    // Critical sections in the order they must stand in.
    private static readonly string[] _critical = { "PREP", "GRPH", "WIND", "PLAN", "TENS" };

    private readonly byte[] _file;
    private readonly string[] _tags;
    private readonly int[] _starts;
    private readonly int[] _ends;

    public SectionTable(byte[] file)
    {
        _file = file;
        if (file.Length < HeaderBytes)
        {
            throw new ModelException(ModelErrorCode.NotAModel, "header: the file has " + file.Length.ToString() +
                " bytes, expected at least " + HeaderBytes.ToString());
        }
        ByteReader header = new ByteReader(file, 0, HeaderBytes, "header");
        if (header.Int32() != Magic)
            throw new ModelException(ModelErrorCode.NotAModel, "header: the file does not start with the letters ERNN");
        CheckVersion("format version", header.UInt16(), FormatVersion);
        ArithmeticVersion = header.UInt16();
        if (ArithmeticVersion > IntegerArithmetic)
        {
            throw new ModelException(ModelErrorCode.UnsupportedVersion, "header: arithmetic version " +
                ArithmeticVersion.ToString() + ", this runtime has 0 (float32) and 1 (integers)");
        }
        CheckVersion("minimum runtime version", header.UInt16(), RuntimeVersion);
        int sectionCount = header.UInt16();
        int totalLength = header.Int32();
        if (totalLength != file.Length)
        {
            throw new ModelException(ModelErrorCode.WrongLength, "header: the file says it has " + totalLength.ToString() +
                " bytes, it has " + file.Length.ToString());
        }
        ModelVersion = header.Int32();
        header.Zeros(4, "reserved field");
        new ByteReader(file, ModelIdOffset + ModelIdBytes, ChecksumOffset, "header").Zeros(4, "reserved field");
        CheckCrc("header", ChecksumOffset, 0, ChecksumOffset);
        if (sectionCount > MaxSections)
        {
            throw new ModelException(ModelErrorCode.BadSection, "header: " + sectionCount.ToString() +
                " sections, expected at most " + MaxSections.ToString());
        }
        _tags = new string[sectionCount];
        _starts = new int[sectionCount];
        _ends = new int[sectionCount];
        ReadSections();
    }

    /// <summary>The whole file.</summary>
    public byte[] File => _file;

    /// <summary>0: float32 only; <see cref="IntegerArithmetic"/>: the recipe of NUMERICS.md, "Integer path".</summary>
    public int ArithmeticVersion { get; }

    /// <summary>The model's own version, growing from update to update.</summary>
    public int ModelVersion { get; }

    /// <summary>A reader over a section's payload, or null when the file has none.</summary>
    public ByteReader? Find(string tag)
    {
        int index = IndexOf(tag);
        return index < 0 ? null : new ByteReader(_file, _starts[index], _ends[index], tag);
    }

    /// <summary>A reader over a section every file must have.</summary>
    public ByteReader Require(string tag)
    {
        return Find(tag) ?? throw new ModelException(ModelErrorCode.BadSection, "section " + tag + " is missing");
    }

    /// <summary>First byte of a section's payload.</summary>
    public int Start(string tag) => _starts[IndexOf(tag)];

    /// <summary>One past the last byte of a section's payload.</summary>
    public int End(string tag) => _ends[IndexOf(tag)];

    private void ReadSections()
    {
        int at = HeaderBytes;
        int lastCritical = -1;
        for (int i = 0; i < _tags.Length; i++)
        {
            ByteReader reader = new ByteReader(_file, at, _file.Length, "section " + i.ToString());
            string tag = ReadTag(reader);
            int length = reader.Count(0, _file.Length, "length");
            reader.Int32();
            reader.Zeros(4, "reserved field");
            int start = reader.Position;
            if (length > _file.Length - start)
            {
                throw new ModelException(ModelErrorCode.WrongLength, tag + ": needs " + length.ToString() + " bytes at byte " +
                    start.ToString() + ", the file has " + (_file.Length - start).ToString());
            }
            lastCritical = CheckOrder(tag, i, lastCritical);
            CheckCrc(tag, at + 8, start, length);
            _tags[i] = tag;
            _starts[i] = start;
            _ends[i] = start + length;
            int padding = -length & 3;
            new ByteReader(_file, start + length, _file.Length, tag).Zeros(padding, "padding");
            at = start + length + padding;
        }
        if (at != _file.Length)
        {
            throw new ModelException(ModelErrorCode.WrongLength, "the last section ends at byte " + at.ToString() +
                ", the file has " + _file.Length.ToString());
        }
    }

    private int CheckOrder(string tag, int index, int lastCritical)
    {
        for (int i = 0; i < index; i++)
        {
            if (_tags[i] == tag) throw new ModelException(ModelErrorCode.BadSection, "section " + tag + " appears twice");
        }
        if (index > 0 && _tags[index - 1] == "sign")
            throw new ModelException(ModelErrorCode.BadSection, "section " + tag + " follows sign, which must be the last");
        bool optional = tag[0] >= 'a' && tag[0] <= 'z';
        if (optional) return _critical.Length;
        for (int i = 0; i < _critical.Length; i++)
        {
            if (_critical[i] != tag) continue;
            if (i <= lastCritical) throw new ModelException(ModelErrorCode.BadSection, "section " + tag + " is out of order");
            return i;
        }
        throw new ModelException(ModelErrorCode.UnsupportedVersion, "section " + tag + " is unknown and must be understood");
    }

    private static string ReadTag(ByteReader reader)
    {
        char[] letters = new char[4];
        for (int i = 0; i < 4; i++)
        {
            int letter = reader.Byte();
            bool isLetter = (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
            if (!isLetter)
            {
                throw new ModelException(ModelErrorCode.BadSection, "byte " + (reader.Position - 1).ToString() +
                    " should be a letter of a section tag, it is " + letter.ToString());
            }
            letters[i] = (char)letter;
        }
        return new string(letters);
    }

    private int IndexOf(string tag)
    {
        for (int i = 0; i < _tags.Length; i++)
        {
            if (_tags[i] == tag) return i;
        }
        return -1;
    }

    private void CheckCrc(string what, int crcAt, int start, int length)
    {
        uint stored = (uint)new ByteReader(_file, crcAt, crcAt + 4, what).Int32();
        uint found = Crc32.Compute(_file, start, length);
        if (stored != found)
        {
            throw new ModelException(ModelErrorCode.ChecksumMismatch, what + ": the checksum of " + length.ToString() +
                " bytes from byte " + start.ToString() + " does not match");
        }
    }

    private static void CheckVersion(string field, int found, int supported)
    {
        if (found == 0 || found > supported)
        {
            throw new ModelException(ModelErrorCode.UnsupportedVersion, "header: " + field + " " + found.ToString() +
                ", this runtime has " + supported.ToString());
        }
    }
}
