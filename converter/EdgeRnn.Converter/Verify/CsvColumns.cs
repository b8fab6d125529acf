using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Verify;

/// <summary>What the columns of a CSV are: is there a header, is there a leading time, which ones does the model read.</summary>
public sealed class CsvColumns
{
    private static readonly string[] _timeNames = ["time", "timestamp", "datetime", "date", "t"];

    private readonly string _source;
    private readonly string[] _first;
    private readonly string[] _second;

    /// <param name="source">The file, for messages.</param>
    /// <param name="first">The cells of the first row.</param>
    /// <param name="second">The cells of the second row; empty when there is none.</param>
    /// <exception cref="ConversionException">Numbers are written with a decimal comma.</exception>
    public CsvColumns(string source, string[] first, string[] second)
    {
        _source = SourceText.Show(source);
        _first = first;
        _second = second;
        // Must not pass for the text of a header or a time.
        if (first.Concat(second).FirstOrDefault(CsvNumber.HasDecimalComma) is { } cell)
            throw new ConversionException($"{_source}: '{SourceText.Show(cell)}' is not a number; write it with a decimal point");
        HasHeader = IsHeader(first);
    }

    /// <summary>Whether the first row holds names. A row with a number in it, a leading time aside, holds data.</summary>
    public bool HasHeader { get; }

    /// <summary>What was left out, one sentence each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The name of the first column, or an empty text.</summary>
    public string FirstName => HasHeader ? _first[0] : "";

    /// <summary>The name of a column for messages.</summary>
    public string NameOf(int column) =>
        HasHeader ? $"column '{SourceText.Show(_first[column])}'" : $"column {column + 1}";

    /// <summary>Whether a column of this name tells the time.</summary>
    public static bool IsTimeName(string name) => _timeNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The indices of the columns to read, in the model's order.</summary>
    /// <exception cref="ConversionException">The columns do not fit the model.</exception>
    public int[] Pick(StepArrayOptions options)
    {
        if (HasHeader && options.ChannelNames.Count > 0 && options.ChannelNames.All(name => name.Length > 0))
        {
            int[]? named = PickByName(options.ChannelNames);
            if (named != null) return named;
        }
        int skipped = LeadingTimeColumns();
        int[] columns = [.. Enumerable.Range(skipped, _first.Length - skipped)];
        if (options.Features is not { } wanted || columns.Length == wanted) return columns;
        string time = skipped == 0 ? "" : " besides the leading time";
        string channels = options.ChannelNames.Any(name => name.Length > 0) ? $" ({SourceText.List(options.ChannelNames)})" : "";
        throw new ConversionException($"{_source}: expected {wanted} columns{channels}, one per feature of the model; found " +
            $"{columns.Length}{time}{Found(columns)}; keep only the columns the model reads");
    }

    // All channels by name, or null when none is there and the columns have to fit by position.
    private int[]? PickByName(IReadOnlyList<string> channels)
    {
        int[] picked = [.. channels.Select(Find)];
        if (picked.All(column => column < 0))
        {
            Notes.Add("no column bears the name of a channel of the model; columns are taken in order");
            return null;
        }
        string[] missing = [.. channels.Where((_, channel) => picked[channel] < 0)];
        if (missing.Length > 0)
        {
            throw new ConversionException($"{_source}: the model's channels {SourceText.List(missing)} are missing; " +
                $"found columns {SourceText.List(_first)}; rename or add them");
        }
        int skipped = LeadingTimeColumns();
        string[] left = [.. _first.Where((_, column) => column >= skipped && !picked.Contains(column))];
        if (left.Length > 0) Notes.Add($"columns left out, as the model does not read them: {SourceText.List(left)}");
        return picked;
    }

    private int Find(string channel)
    {
        int exact = Array.IndexOf(_first, channel);
        if (exact < 0) exact = Array.FindIndex(_first, name => name.Equals(channel, StringComparison.OrdinalIgnoreCase));
        if (exact < 0 || Array.FindIndex(_first, exact + 1, name => name == _first[exact]) < 0) return exact;
        throw new ConversionException($"{_source}: two columns are named '{SourceText.Show(_first[exact])}'; rename one");
    }

    /// <summary>1 where the first column is a time, else 0.</summary>
    public int LeadingTimeColumns()
    {
        if (_first.Length < 2) return 0;
        if (HasHeader && IsTimeName(_first[0])) return 1;
        string[] data = HasHeader ? _second : _first;
        return data.Length > 0 && CsvNumber.IsText(data[0]) ? 1 : 0;
    }

    private string Found(int[] columns) => HasHeader ? $": {SourceText.List([.. columns.Select(column => _first[column])])}" : "";

    private static bool IsHeader(string[] row)
    {
        if (row.Length > 1 && IsTimeName(row[0])) return true;
        if (row.Any(CsvNumber.IsValue) || !row.Any(CsvNumber.IsText)) return false;
        // A time followed by nothing but missing values is data, too.
        bool rest = row.Skip(1).Any(CsvNumber.IsText);
        return row.Length == 1 || rest || !DateTime.TryParse(row[0], CultureInfo.InvariantCulture, out _);
    }
}
