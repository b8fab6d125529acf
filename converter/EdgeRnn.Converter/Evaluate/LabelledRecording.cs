using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>A recording of one's own with a column that says which rows are anomalous.</summary>
/// <param name="Channels">[channels] the columns with readings, in the file's order.</param>
/// <param name="Readings">[rows][channels]; a missing one is NaN.</param>
/// <param name="Labels">[rows], true in an anomaly.</param>
public sealed record LabelledRecording(IReadOnlyList<string> Channels, double[][] Readings, bool[] Labels)
{
    private static readonly string[] _labelNames = ["anomaly", "label"];

    /// <summary>Reads a CSV. A column of time and one named changepoint are no channels.</summary>
    /// <param name="path">A header, then a row per step; comma, semicolon or tab.</param>
    /// <param name="labelColumn">The column of 0 and 1; null takes <c>anomaly</c> or <c>label</c>.</param>
    /// <exception cref="ConversionException">Missing, damaged, without labels or without channels.</exception>
    public static LabelledRecording Read(string path, string? labelColumn = null) =>
        CsvTable.Read(path, table => Read(table, labelColumn == null ? _labelNames : [labelColumn]));

    private static LabelledRecording Read(CsvTable table, string[] labelNames)
    {
        int label = table.Column(labelNames);
        int[] channels = [.. Enumerable.Range(0, table.Header.Count)
            .Where(column => column != label && !IsAside(table.Header[column]))];
        if (channels.Length == 0) throw table.Fail("line 1: found no column with readings beside the label");
        List<double[]> readings = [];
        List<bool> labels = [];
        while (table.Next())
        {
            readings.Add(Array.ConvertAll(channels, table.Number));
            labels.Add(table.Flag(label));
        }
        if (readings.Count == 0) throw table.Fail("holds no rows; expected a row per step");
        return new LabelledRecording([.. channels.Select(column => table.Header[column])], [.. readings], [.. labels]);
    }

    private static bool IsAside(string name) =>
        name.Equals("changepoint", StringComparison.OrdinalIgnoreCase) || CsvColumns.IsTimeName(name);
}
