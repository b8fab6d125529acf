using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace EdgeRnn.Simulator;

// Columns of numbers over time. NaN only ahead of a column's first value: an empty cell is the value before it.
internal sealed class Recording(string[] names, double[] seconds, double[][] columns)
{
    private const long MostBytes = 200_000_000;
    private const int MostColumns = 256;
    private const int MostSeconds = 1_000_000_000;

    private static readonly string[] _timeNames = ["time", "t", "timestamp", "datetime", "seconds"];

    public IReadOnlyList<string> Names => names;

    public int Rows => seconds.Length;

    // From the first row on; the first is at 0.
    public double Seconds(int row) => seconds[row];

    public double Value(int column, int row) => columns[column][row];

    // A file with a column of time, or with rows of a rate; 0: there has to be such a column.
    public static Recording Read(string path, double rateHz)
    {
        try
        {
            FileInfo file = new(path);
            if (file.Length > MostBytes)
                throw Wrong(path, $"has {file.Length} bytes; at most {MostBytes} are read; split the file");
            using StreamReader reader = new(path);
            return Read(reader, path, rateHz);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Wrong(path, "cannot be read; expected a CSV file there; correct the path");
        }
    }

    public static Recording Read(TextReader reader, string path, double rateHz)
    {
        string? header = reader.ReadLine();
        if (string.IsNullOrWhiteSpace(header)) throw Wrong(path, "is empty; expected a header and rows of numbers; record some");
        char separator = !header.Contains(',', StringComparison.Ordinal) && header.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        string[] names = header.TrimStart('\uFEFF').Split(separator, MostColumns + 1, StringSplitOptions.TrimEntries);
        if (names.Length > MostColumns) throw Wrong(path, $"line 1: more than {MostColumns} columns; leave some out");
        for (int i = 0; i < names.Length; i++) names[i] = names[i].Trim('"');
        bool hasTime = Array.IndexOf(_timeNames, names[0].ToLowerInvariant()) >= 0;
        if (!hasTime && rateHz == 0)
        {
            throw Wrong(path, $"line 1: the first column is '{Shown(names[0])}'; expected one of {string.Join(", ", _timeNames)}; " +
                "name it so or give a rate");
        }
        if (hasTime && names.Length == 1) throw Wrong(path, "line 1: there is time alone; expected columns of numbers behind it; add some");
        if (double.TryParse(names[0], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw Wrong(path, $"line 1: expected names of columns, found '{Shown(names[0])}'; put a header in front");
        return ReadRows(reader, path, rateHz, separator, names, hasTime);
    }

    private static Recording ReadRows(TextReader reader, string path, double rateHz, char separator, string[] names, bool hasTime)
    {
        List<double> times = [];
        List<double>[] columns = new List<double>[names.Length - (hasTime ? 1 : 0)];
        for (int i = 0; i < columns.Length; i++) columns[i] = [];
        int line = 1;
        double first = 0;
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (text.Length == 0) continue;
            string[] cells = text.Split(separator, names.Length + 1);
            if (cells.Length != names.Length)
                throw Wrong(path, $"line {line}: expected {names.Length} cells as in the header, found another number; correct the row");
            if (hasTime)
            {
                double time = Time(cells[0], path, line);
                if (times.Count == 0) first = time;
                time -= first;
                if (times.Count > 0 && !(time > times[^1]))
                    throw Wrong(path, $"line {line}: the time '{Shown(cells[0])}' is not after the one before; put the rows in order");
                if (time > MostSeconds) throw Wrong(path, $"line {line}: the time '{Shown(cells[0])}' is too late; give it in seconds");
                times.Add(time);
            }
            else
            {
                times.Add(times.Count / rateHz);
            }
            int shift = hasTime ? 1 : 0;
            for (int i = 0; i < columns.Length; i++) columns[i].Add(Number(cells[shift + i], columns[i], path, line));
        }
        if (times.Count == 0) throw Wrong(path, "has a header and no rows; expected numbers; record some");
        return new Recording(names[^columns.Length..], [.. times], Array.ConvertAll(columns, column => column.ToArray()));
    }

    private static double Number(string cell, List<double> column, string path, int line)
    {
        string text = cell.Trim().Trim('"');
        if (text.Length == 0) return column.Count == 0 ? double.NaN : column[^1];
        if (TryNumber(text, out double value)) return value;
        throw Wrong(path, $"line {line}: expected a number or nothing, found '{Shown(cell)}'; correct the cell");
    }

    private static double Time(string cell, string path, int line)
    {
        string text = cell.Trim().Trim('"');
        if (TryNumber(text, out double value)) return value;
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, styles, out DateTime date)) return date.Ticks * 1e-7;
        throw Wrong(path, $"line {line}: expected a time in seconds or a date, found '{Shown(cell)}'; correct the cell");
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static SourceException Wrong(string path, string message) => new("file", $"'{Path.GetFileName(path)}' {message}");

    private static string Shown(string text)
    {
        string cut = text.Length > 40 ? text[..40] + "..." : text;
        return string.Create(cut.Length, cut, (to, from) =>
        {
            for (int i = 0; i < to.Length; i++) to[i] = char.IsControl(from[i]) ? '?' : from[i];
        });
    }
}
