using System;
using System.Globalization;
using System.IO;
using CsvHelper;
using CsvHelper.Configuration;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Verify;

/// <summary>
/// The rows of a CSV, one after another. In a file of one column a blank line is a missing value, unless nothing follows it;
/// elsewhere it means nothing.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>Characters of one cell; a longer one means that this is no table of numbers.</summary>
    public const int MaxCellCharacters = 4096;

    private const int _maxColumns = 1 << 16;
    private static readonly string[] _missing = [""];

    private readonly string _source;
    private readonly CsvParser _parser;
    private string[]? _waiting; // the row after the blank lines that are handed out first
    private int _blankLines;
    private bool _started;

    public CsvRows(string path)
    {
        _source = SourceText.Show(path);
        _parser = new CsvParser(new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(path).ToString(),
            IgnoreBlankLines = false,
            MaxFieldSize = MaxCellCharacters,
            TrimOptions = TrimOptions.Trim,
            BadDataFound = _ => throw Fail(Line + 1, "quotes do not match; correct the row"),
        });
    }

    /// <summary>Opens a file, reads from it and closes it; whatever goes wrong is a one-line error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads the rows; its result is returned.</param>
    /// <exception cref="ConversionException">The file is missing or damaged, or the reader refuses it.</exception>
    public static T Read<T>(string path, Func<CsvRows, T> read)
    {
        try
        {
            using CsvRows rows = new(path);
            return read(rows);
        }
        catch (CsvHelperException error) when (error.InnerException is ConversionException cause)
        {
            throw cause;
        }
        catch (CsvHelperException error)
        {
            throw new ConversionException($"{SourceText.Show(path)}: a cell has more than {MaxCellCharacters} characters; " +
                "expected a CSV with a row of numbers per step", error);
        }
        catch (Exception error) when (SourceFile.IsTrouble(error))
        {
            throw SourceFile.Unreadable(path, error);
        }
    }

    /// <summary>The line the last row ended on, from 1.</summary>
    public int Line { get; private set; }

    public void Dispose() => _parser.Dispose();

    /// <summary>The cells of the next row, trimmed, or null at the end.</summary>
    public string[]? Next()
    {
        if (_blankLines > 0)
        {
            _blankLines--;
            return _missing;
        }
        string[]? row = _waiting ?? ReadRow();
        _waiting = null;
        if (row is { Length: 1 } && _blankLines > 0)
        {
            _waiting = row;
            _blankLines--;
            return _missing;
        }
        _blankLines = 0;
        return row;
    }

    /// <summary>An error at a line of this file.</summary>
    public ConversionException Fail(int line, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_source}: line {line}: {problem}"));

    // Counts the blank lines before the row it returns, those at the start of the file aside.
    private string[]? ReadRow()
    {
        while (_parser.Read())
        {
            Line = _parser.RawRow;
            string[] row = _parser.Record ?? [];
            if (row.Length > _maxColumns)
                throw Fail(Line, $"{row.Length} columns, at most {_maxColumns} are read; check the delimiter");
            if (row.Length > 1 || (row.Length == 1 && row[0].Length > 0))
            {
                _started = true;
                return row;
            }
            if (_started) _blankLines++;
        }
        _blankLines = 0;
        return null;
    }

    private static char DelimiterOf(string path)
    {
        using StreamReader reader = new(path);
        char[] head = new char[CsvDialect.HeadCharacters];
        return CsvDialect.Delimiter(head.AsSpan(0, reader.ReadBlock(head)));
    }
}
