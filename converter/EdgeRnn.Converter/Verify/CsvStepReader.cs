using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Verify;

/// <summary>
/// Reads one sequence from a CSV: a row per step; header optional; comma, semicolon or tab; an optional leading time; an
/// empty cell is a missing value (NaN). Only the picked columns have to be numbers.
/// </summary>
internal static class CsvStepReader
{
    private const int _maxValues = 1 << 28;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What is known about the model.</param>
    /// <exception cref="ConversionException">The file is missing, damaged, or does not fit the model.</exception>
    public static StepArray Read(string path, StepArrayOptions options)
    {
        return CsvRows.Read(path, rows => Read(rows, options, path)
            ?? throw new ConversionException($"{SourceText.Show(path)}: holds no steps; expected a row of numbers per step"));
    }

    private static StepArray? Read(CsvRows rows, StepArrayOptions options, string path)
    {
        if (rows.Next() is not { } first) return null;
        int firstLine = rows.Line;
        string[] second = rows.Next() ?? [];
        CsvColumns columns = new(path, first, second);
        int[] picked = columns.Pick(options);
        bool keepTimes = options.KeepTimes && columns.LeadingTimeColumns() == 1 && !picked.Contains(0);
        List<string> times = [];
        List<float> values = [];
        if (!columns.HasHeader) Add(first, firstLine);
        for (string[]? row = second.Length > 0 ? second : null; row != null; row = rows.Next()) Add(row, rows.Line);
        if (values.Count == 0) return null;
        return new StepArray([values.ToArray()], picked.Length)
        {
            Notes = columns.Notes,
            Times = times,
            TimeName = keepTimes ? columns.FirstName : "",
        };

        void Add(string[] row, int line)
        {
            if (row.Length != first.Length)
                throw rows.Fail(line, $"expected {first.Length} cells as in the first row, found {row.Length}; correct the row");
            if (values.Count > _maxValues - picked.Length)
                throw rows.Fail(line, $"more than {_maxValues} values; split the file");
            if (keepTimes) times.Add(row[0]);
            foreach (int column in picked)
            {
                if (!CsvNumber.TryParse(row[column], out float value))
                {
                    throw rows.Fail(line, $"{columns.NameOf(column)}: '{SourceText.Show(row[column])}' is not a number; " +
                        "expected digits with a decimal point, or nothing for a missing value");
                }
                values.Add(value);
            }
        }
    }
}
