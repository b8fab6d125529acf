using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace EdgeRnn.Cli.Record;

/// <summary>What a line of a device is.</summary>
internal enum DeviceLineKind
{
    /// <summary>Nothing a sample could be in: boot text, noise.</summary>
    Bad,

    /// <summary>An empty line.</summary>
    Blank,

    /// <summary>Names alone, as the head of a CSV.</summary>
    Header,

    /// <summary>Values alone, as a row of a CSV.</summary>
    Plain,

    /// <summary>Values with names, as the serial plotter of the Arduino IDE takes them.</summary>
    Labelled,
}

/// <summary>A line of a device, taken apart: <c>ax:0.12 ay:9.81</c>, <c>0.12,9.81</c> or <c>ax,ay</c>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Names">The names, where it has some.</param>
/// <param name="Values">The values as they may stand in a CSV: a number, or nothing where one is missing.</param>
internal sealed partial record DeviceLine(DeviceLineKind Kind, IReadOnlyList<string> Names, IReadOnlyList<string> Values)
{
    private static readonly DeviceLine _bad = new(DeviceLineKind.Bad, [], []);
    private static readonly DeviceLine _blank = new(DeviceLineKind.Blank, [], []);

    /// <summary>Takes a line apart.</summary>
    public static DeviceLine Parse(string line)
    {
        string text = line.Trim(' ', '\t', '\r');
        if (text.Length == 0) return _blank;
        if (text.Length >= LineSource.LongestLine || text.Any(letter => letter is < ' ' and not '\t' or > '~')) return _bad;
        if (text.Contains(':', StringComparison.Ordinal)) return Labelled(text);
        string[] cells = Cells(text);
        string?[] values = [.. cells.Select(ValueOf)];
        if (values.All(value => value != null))
            return values.Any(value => value!.Length > 0) ? new DeviceLine(DeviceLineKind.Plain, [], [.. values.OfType<string>()]) : _bad;
        bool isSentence = cells.Length > 1 && text.IndexOfAny([',', ';', '\t']) < 0;
        return !isSentence && cells.All(cell => NamePattern().IsMatch(cell)) &&
            cells.Distinct(StringComparer.Ordinal).Count() == cells.Length
            ? new DeviceLine(DeviceLineKind.Header, cells, []) : _bad;
    }

    private static DeviceLine Labelled(string text)
    {
        string[] pairs = text.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        string[] names = new string[pairs.Length], values = new string[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            int colon = pairs[i].LastIndexOf(':');
            string? value = colon <= 0 ? null : ValueOf(pairs[i][(colon + 1)..]);
            if (value == null || !NamePattern().IsMatch(pairs[i][..colon])) return _bad;
            names[i] = pairs[i][..colon];
            values[i] = value;
        }
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length
            ? new DeviceLine(DeviceLineKind.Labelled, names, values) : _bad;
    }

    // The first separator that is there decides; spaces alone separate, too.
    private static string[] Cells(string text)
    {
        char separator = text.Contains(',', StringComparison.Ordinal) ? ',' : text.Contains(';', StringComparison.Ordinal) ? ';' : '\t';
        return text.Contains(separator, StringComparison.Ordinal)
            ? [.. text.Split(separator).Select(cell => cell.Trim())]
            : text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    // Null: no value at all. An infinite reading is as good as none.
    private static string? ValueOf(string text)
    {
        if (text.Length == 0 || text.ToUpperInvariant() is "NAN" or "INF" or "-INF") return "";
        return NumberPattern().IsMatch(text) && double.IsFinite(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
            ? text : null;
    }

    [GeneratedRegex(@"\A[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?\z")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_./%()\[\]-]{0,63}\z")]
    private static partial Regex NamePattern();
}
