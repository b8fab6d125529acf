using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>A series of NAB.</summary>
/// <param name="Name">Its path in the corpus, such as <c>realTraffic/speed_7578.csv</c>.</param>
/// <param name="Timestamps">[rows].</param>
/// <param name="Values">[rows]; a missing one is NaN.</param>
public sealed record NabSeries(string Name, DateTime[] Timestamps, double[] Values)
{
    /// <summary>Reads a series.</summary>
    /// <param name="path">Columns timestamp and value.</param>
    /// <param name="name">Its path in the corpus.</param>
    /// <param name="valueColumn">The column to read; traces of a detector hold <c>anomaly_score</c>.</param>
    /// <exception cref="ConversionException">Missing, damaged, or not such a file.</exception>
    public static NabSeries Read(string path, string name, string valueColumn = "value") => CsvTable.Read(path, table =>
    {
        int timestamp = table.Column("timestamp"), value = table.Column(valueColumn);
        List<DateTime> times = [];
        List<double> values = [];
        while (table.Next())
        {
            times.Add(NabTime.TryParse(table.Text(timestamp), out DateTime time) ? time
                : throw table.Fail(timestamp, $"is no timestamp; expected {NabTime.Expected}"));
            values.Add(table.Number(value));
        }
        if (times.Count == 0) throw table.Fail("holds no rows; expected a timestamp and a value per line");
        return new NabSeries(name, [.. times], [.. values]);
    });

    /// <summary>The rows between two timestamps each: from the first row of the start to the first row of the end.</summary>
    /// <param name="windows">In order, without overlap.</param>
    /// <exception cref="ConversionException">A timestamp is not one of the series.</exception>
    public NabFile Locate(IReadOnlyList<NabTimeWindow> windows)
    {
        List<NabWindow> rows = [];
        foreach (NabTimeWindow window in windows)
        {
            // Clocks set back repeat timestamps: each is looked for behind the one before it.
            int first = Find(window.Start, rows.Count == 0 ? 0 : rows[^1].Last + 1);
            rows.Add(new NabWindow(first, Find(window.End, first)));
        }
        return new NabFile(Name, Timestamps.Length, rows);
    }

    private int Find(DateTime time, int from)
    {
        int row = Array.IndexOf(Timestamps, time, from);
        return row >= 0 ? row : throw new ConversionException($"{SourceText.Show(Name)}: a window starts or ends at " +
            $"{time:yyyy-MM-dd HH:mm:ss.FFFFFF}, which is no timestamp of the series; " +
            "take series and windows of one version of NAB");
    }
}
