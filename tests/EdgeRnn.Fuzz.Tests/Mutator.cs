using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>A file with up to four random changes, wherever in it, and what they were. The seed decides all.</summary>
internal sealed class Mutator
{
    private static readonly long[] _extremes =
        [0, 1, 2, 3, 127, 128, 255, 256, 1023, 1024, 1025, 32767, 65535, 65536, 1 << 20, (1 << 20) + 1, int.MaxValue, int.MinValue, -1, 0x7FC00000, 0x7F800000, 0x7F7FFFFF, 0x80000000];

    private readonly Random _random;
    private readonly byte[][] _corpus;
    private readonly FieldMap _fields;
    private readonly (string Tag, int Start, int Length)[] _sections;
    private readonly List<string> _changes = [];
    private byte[] _file;

    /// <param name="corpus">Valid files; one is changed, others lend bytes and sections.</param>
    /// <param name="fields">The fields of each file.</param>
    /// <param name="seed">Decides which file and which changes.</param>
    public Mutator(byte[][] corpus, FieldMap[] fields, int seed)
    {
        _random = new Random(seed);
        _corpus = corpus;
        int index = _random.Next(corpus.Length);
        _file = (byte[])corpus[index].Clone();
        _fields = fields[index];
        _sections = [("header", 0, 64), .. ErnnEdit.Sections(_file)];
        _changes.Add($"seed {seed}, file {index}");
    }

    /// <summary>The changed file. Half of the files get their lengths, checksums and modelId made right, half of those their plan too.</summary>
    public byte[] Next()
    {
        int changes = 1 + Math.Min(_random.Next(4), _random.Next(4));
        for (int i = 0; i < changes; i++) Change();
        int repair = _random.Next(4);
        if (repair >= 2) RepairSeals();
        if (repair == 3) RepairPlan();
        return _file;
    }

    public override string ToString() => string.Join("; ", _changes);

    private void Change()
    {
        switch (_random.Next(16))
        {
            case 0 or 1:
                FlipBit();
                break;
            case 2:
                SetByte();
                break;
            case 3 or 4 or 5 or 6 or 7:
                SetField((field, _) => _extremes[_random.Next(_extremes.Length)]);
                break;
            case 8 or 9 or 10:
                SetField((_, value) => value + _random.Next(-3, 4));
                break;
            case 11:
                SetField((field, _) => Value(AnyField()));
                break;
            case 12:
                Splice();
                break;
            case 13:
                InsertOrRemove();
                break;
            case 14:
                ChangeSections();
                break;
            default:
                Resize(_random.Next(_file.Length + 1), "cut");
                break;
        }
    }

    // Every section is hit equally often, however small it is.
    private int AnyPlace()
    {
        (_, int start, int length) = _sections[_random.Next(_sections.Length)];
        return Math.Min(start + _random.Next(Math.Max(1, length)), _file.Length - 1);
    }

    private Field AnyField()
    {
        (_, int start, int length) = _sections[_random.Next(_sections.Length)];
        Field[] inside = _fields.Fields.Where(field => field.Offset >= start - 16 && field.Offset < start + length).ToArray();
        return inside[_random.Next(inside.Length)];
    }

    private void FlipBit()
    {
        if (_file.Length == 0) return;
        int at = AnyPlace(), bit = _random.Next(8);
        _file[at] ^= (byte)(1 << bit);
        _changes.Add($"bit {bit} of byte {at} flipped");
    }

    private void SetByte()
    {
        if (_file.Length == 0) return;
        int at = AnyPlace();
        _file[at] = (byte)_random.Next(256);
        _changes.Add($"byte {at} = {_file[at]}");
    }

    private void SetField(Func<Field, long, long> change)
    {
        Field field = AnyField();
        if (field.Offset + field.Bytes > _file.Length) return;
        long value = change(field, Value(field));
        ErnnEdit.Set(_file, field, value);
        _changes.Add($"{field.Name} = {value}");
    }

    private long Value(Field field)
    {
        if (field.Offset + field.Bytes > _file.Length) return 0;
        return field.Bytes switch
        {
            1 => _file[field.Offset],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(field.Offset)),
            _ => BinaryPrimitives.ReadInt32LittleEndian(_file.AsSpan(field.Offset)),
        };
    }

    private void Splice()
    {
        byte[] lender = _corpus[_random.Next(_corpus.Length)];
        int from = _random.Next(lender.Length), to = _random.Next(_file.Length + 1);
        int count = Math.Min(1 + _random.Next(64), Math.Min(lender.Length - from, _file.Length - to));
        lender.AsSpan(from, count).CopyTo(_file.AsSpan(to));
        _changes.Add($"{count} bytes at {to} from another file's {from}");
    }

    private void InsertOrRemove()
    {
        if (_file.Length == 0) return;
        int at = AnyPlace(), count = 1 + _random.Next(32);
        bool insert = _random.Next(2) == 0;
        byte[] inserted = new byte[insert ? count : 0];
        _random.NextBytes(inserted);
        _file = [.. _file.AsSpan(0, at), .. inserted, .. _file.AsSpan(Math.Min(_file.Length, insert ? at : at + count))];
        _changes.Add($"{count} bytes {(insert ? "inserted" : "removed")} at {at}");
    }

    private void Resize(int length, string verb)
    {
        Array.Resize(ref _file, length);
        _changes.Add($"{verb} to {length} bytes");
    }

    // Removes, repeats, swaps or replaces whole sections of the file as it first was.
    private void ChangeSections()
    {
        if (_changes.Count > 1) return;
        List<ErnnSection> sections = ErnnEdit.Split(_file);
        List<ErnnSection> others = ErnnEdit.Split(_corpus[_random.Next(_corpus.Length)]);
        int i = _random.Next(sections.Count), j = _random.Next(sections.Count), kind = _random.Next(4);
        if (kind == 0) sections.RemoveAt(i);
        else if (kind == 1) sections.Insert(j, sections[i]);
        else if (kind == 2) (sections[i], sections[j]) = (sections[j], sections[i]);
        else sections[i] = others.Find(section => section.Tag == sections[i].Tag) ?? others[0];
        _file = ErnnEdit.Join(_file, sections);
        _changes.Add($"sections changed ({kind}, {i}, {j})");
    }

    private void RepairSeals()
    {
        if (_file.Length >= 64) BinaryPrimitives.WriteInt32LittleEndian(_file.AsSpan(12), _file.Length);
        ErnnEdit.Seal(_file);
        _changes.Add("sealed");
    }

    private void RepairPlan()
    {
        (_, int start, int length) = ErnnEdit.Sections(_file).FirstOrDefault(section => section.Tag == "PLAN");
        if (start == 0 || length < 16) return;
        try
        {
            int[] figures = Model.PlanOf(_file).Figures;
            for (int i = 0; i < figures.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(_file.AsSpan(start + 4 * i), figures[i]);
        }
        catch (ModelException)
        {
            return; // a file with no plan to repair: refused for another reason, as it should be
        }
        ErnnEdit.Seal(_file);
        _changes.Add("plan repaired");
    }
}
