using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CsvHelper;
using CsvHelper.Configuration;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>
/// A trace as CSV: a row per step, with step, time where the stream had one, score, threshold, lower threshold, state, alarm (0 or 1), the
/// fault of each sensor and the share of each channel of the score in percent. What there is not is an empty cell.
/// </summary>
public static class TraceCsv
{
    private static readonly CsvConfiguration _configuration = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    /// <summary>Writes a trace.</summary>
    /// <param name="writer">Receives the text; stays open.</param>
    /// <param name="trace">The trace.</param>
    public static void Write(TextWriter writer, DetectionTrace trace)
    {
        using CsvWriter csv = new(writer, _configuration, leaveOpen: true);
        foreach (string column in Columns(trace)) csv.WriteField(column);
        csv.NextRecord();
        int inputs = trace.InputNames.Count, channels = trace.ChannelNames.Count;
        for (int step = 0; step < trace.Steps; step++)
        {
            csv.WriteField(step);
            if (trace.Times.Count > 0) csv.WriteField(trace.Times[step]);
            csv.WriteField(Number(trace.Scores[step]));
            csv.WriteField(Number(trace.Thresholds[step]));
            csv.WriteField(Number(trace.LowerThresholds[step]));
            csv.WriteField(Words.Of(trace.States[step]));
            csv.WriteField(trace.Alarms[step] ? 1 : 0);
            for (int i = 0; i < inputs; i++)
            {
                SensorFaultKind fault = trace.Faults[step * inputs + i];
                csv.WriteField(fault == SensorFaultKind.None ? "" : Words.Of(fault));
            }
            for (int i = 0; i < channels; i++) csv.WriteField(trace.Shares[step * channels + i]);
            csv.NextRecord();
        }
    }

    private static IEnumerable<string> Columns(DetectionTrace trace)
    {
        yield return "step";
        if (trace.Times.Count > 0) yield return trace.TimeName.Length > 0 ? trace.TimeName : "time";
        foreach (string name in new[] { "score", "threshold", "lower threshold", "state", "alarm" }) yield return name;
        foreach (string name in trace.InputNames) yield return $"fault {name}";
        foreach (string name in trace.ChannelNames) yield return $"share {name}";
    }

    private static string Number(float value) => float.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
