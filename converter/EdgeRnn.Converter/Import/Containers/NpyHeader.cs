using System;
using System.Collections.Generic;
using System.Globalization;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>
/// The header of a .npy file: a Python dictionary literal with exactly the keys descr, fortran_order and shape, such as
/// <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>.
/// </summary>
internal sealed class NpyHeader
{
    private readonly string _text;
    private readonly string _where;
    private int _position;

    private NpyHeader(string text, string where)
    {
        _text = text;
        _where = where;
    }

    /// <summary>How an element is written.</summary>
    public ElementType Type { get; private set; }

    /// <summary>The size of each axis, not yet checked.</summary>
    public long[] Shape { get; private set; } = [];

    /// <summary>Reads the literal.</summary>
    /// <param name="text">The header without magic, version and length.</param>
    /// <param name="where">The file, for messages.</param>
    /// <exception cref="ConversionException">It is not such a dictionary, or names a type or order that is not
    /// supported.</exception>
    public static NpyHeader Parse(string text, string where)
    {
        NpyHeader header = new(text, where);
        header.ParseDictionary();
        return header;
    }

    private void ParseDictionary()
    {
        HashSet<string> seen = [];
        Expect('{');
        while (!TryTake('}'))
        {
            string key = Quoted();
            Expect(':');
            if (!seen.Add(key)) throw Malformed($"key {key} twice");
            if (key == "descr") Type = ParseType(Quoted());
            else if (key == "fortran_order") RefuseFortranOrder();
            else if (key == "shape") Shape = ParseShape();
            else throw Malformed($"key '{SourceText.Show(key)}'");
            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }
        if (_text.AsSpan(_position).Trim().Length != 0) throw Malformed("text behind the dictionary");
        if (seen.Count != 3) throw Malformed($"{seen.Count} keys");
    }

    private ElementType ParseType(string descr) => descr switch
    {
        "<f4" => ElementType.Float32,
        "<f8" => ElementType.Float64,
        "<f2" => ElementType.Float16,
        "|i1" or "<i1" => ElementType.Int8,
        "|u1" or "<u1" => ElementType.UInt8,
        "<i2" => ElementType.Int16,
        "<u2" => ElementType.UInt16,
        "<i4" => ElementType.Int32,
        "<u4" => ElementType.UInt32,
        "<i8" => ElementType.Int64,
        "<u8" => ElementType.UInt64,
        "|b1" or "<b1" => ElementType.Bool,
        _ when descr.StartsWith('>') => throw new ConversionException(
            $"{_where}: big-endian elements ({SourceText.Show(descr)}) are not read; save array.astype('<f4')"),
        _ => throw new ConversionException($"{_where}: element type {SourceText.Show(descr)} is not read, expected f2, f4, f8, i1..i8, " +
            "u1..u8 or b1; save array.astype('<f4')"),
    };

    private void RefuseFortranOrder()
    {
        if (TryTakeWord("False")) return;
        if (!TryTakeWord("True")) throw Malformed("fortran_order is neither True nor False");
        throw new ConversionException(
            $"{_where}: the array is in Fortran order, expected C order; save numpy.ascontiguousarray(array)");
    }

    private long[] ParseShape()
    {
        List<long> sizes = [];
        Expect('(');
        while (!TryTake(')'))
        {
            if (sizes.Count > ContainerLimits.MaxRank) throw Malformed($"more than {ContainerLimits.MaxRank} axes");
            sizes.Add(Number());
            if (!TryTake(','))
            {
                Expect(')');
                break;
            }
        }
        return [.. sizes];
    }

    private long Number()
    {
        SkipSpaces();
        int start = _position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position])) _position++;
        // 'L' behind a number comes from Python 2.
        if (!long.TryParse(_text.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            throw Malformed("a size that is no whole number");
        TryTake('L');
        return value;
    }

    private string Quoted()
    {
        SkipSpaces();
        char quote = _position < _text.Length ? _text[_position] : ' ';
        int end = quote is '\'' or '"' ? _text.IndexOf(quote, _position + 1) : -1;
        if (end < 0) throw Malformed("a missing quoted text (record arrays are not read)");
        string text = _text[(_position + 1)..end];
        _position = end + 1;
        return text;
    }

    private bool TryTakeWord(string word)
    {
        SkipSpaces();
        if (string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0) return false;
        _position += word.Length;
        return true;
    }

    private bool TryTake(char character)
    {
        SkipSpaces();
        if (_position >= _text.Length || _text[_position] != character) return false;
        _position++;
        return true;
    }

    private void Expect(char character)
    {
        if (!TryTake(character)) throw Malformed($"no '{character}' at character {_position}");
    }

    private void SkipSpaces()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\n' or '\r') _position++;
    }

    private ConversionException Malformed(string found) => new(
        $"{_where}: the header must be a dictionary with descr, fortran_order and shape, found {found}; save the array with numpy.save");
}
