using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Verify;

/// <summary>
/// A CSV with named columns, read row after row in double precision; every complaint names the file, the line and the column.
/// </summary>
internal sealed class CsvTable
{
    private const int _maxRows = 1 << 24;

    private readonly string _path;
    private readonly CsvRows _rows;
    private string[] _cells = [];
    private int _count;

    private CsvTable(string path, CsvRows rows)
    {
        _path = path;
        _rows = rows;
        Header = rows.Next() ?? throw Fail("is empty; expected a header and a row per line");
    }

    /// <summary>The names of the columns as the file writes them.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Opens a file, reads its header, lets the reader do the rest, and closes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads the table; its result is returned.</param>
    /// <exception cref="ConversionException">The file is missing or damaged, or the reader refuses it.</exception>
    public static T Read<T>(string path, Func<CsvTable, T> read) => CsvRows.Read(path, rows => read(new CsvTable(path, rows)));

    /// <summary>The index of a column that has to be there.</summary>
    /// <param name="names">Its name, and others it goes by; case does not matter.</param>
    public int Column(params string[] names) => Optional(names) ??
        throw Fail($"line 1: the column '{SourceText.Show(names[0])}' is missing; found {SourceText.List(Header)}; " +
            "name the columns in the first line");

    /// <summary>The index of a column, or null where it is absent.</summary>
    /// <param name="names">Its name, and others it goes by; case does not matter.</param>
    public int? Optional(params string[] names)
    {
        int[] found = [.. Enumerable.Range(0, Header.Count)
            .Where(column => names.Contains(Header[column], StringComparer.OrdinalIgnoreCase))];
        if (found.Length > 1)
        {
            throw Fail($"line 1: the columns '{SourceText.Show(Header[found[0]])}' and '{SourceText.Show(Header[found[1]])}' " +
                "are the same; keep one of them");
        }
        return found.Length == 0 ? null : found[0];
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Next()
    {
        if (_rows.Next() is not { } cells) return false;
        if (cells.Length != Header.Count)
        {
            throw _rows.Fail(_rows.Line, $"expected {Header.Count} cells as in the first line, found {cells.Length}; " +
                "correct the row");
        }
        if (++_count > _maxRows) throw _rows.Fail(_rows.Line, $"more than {_maxRows} rows; split the file");
        _cells = cells;
        return true;
    }

    /// <summary>A cell of this row.</summary>
    public string Text(int column) => _cells[column];

    /// <summary>A cell of this row as a number; NaN where it is empty.</summary>
    public double Number(int column) => CsvNumber.TryParse(_cells[column], out double value) ? value
        : throw Fail(column, "is not a number; expected digits with a decimal point, or nothing for a missing value");

    /// <summary>A cell of this row as a finite number.</summary>
    public double Figure(int column) => CsvNumber.TryParse(_cells[column], out double value) && double.IsFinite(value) ? value
        : throw Fail(column, "is not a number; expected digits with a decimal point");

    /// <summary>A cell of this row that is 0 or 1, also written 0.0 or 1.0.</summary>
    public bool Flag(int column) => CsvNumber.TryParse(_cells[column], out double value) && value is 0 or 1 ? value == 1
        : throw Fail(column, "is no label; expected 0 or 1");

    /// <summary>The error that a cell of this row is not as expected.</summary>
    public ConversionException Fail(int column, string problem) => _rows.Fail(_rows.Line,
        $"column '{SourceText.Show(Header[column])}': '{SourceText.Show(_cells[column])}' {problem}");

    /// <summary>An error of the file as a whole.</summary>
    public ConversionException Fail(string problem) => new($"{SourceText.Show(_path)}: {problem}");
}
