using System;
using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using EdgeRnn.Runtime;

namespace EdgeRnn.Simulator;

/// <summary>Rows as CSV at full rate: numbers shortest, a missing one an empty cell.</summary>
internal static class RowsText
{
    private const int FlushBytes = 1 << 15;
    private const int LongestNumber = 32;

    /// <summary>Writes the rows of a recording, or of the run. Those overwritten before it gets to them are left out.</summary>
    /// <param name="run">The run.</param>
    /// <param name="from">The first row's number.</param>
    /// <param name="end">The number after the last row's.</param>
    /// <param name="to">Where to.</param>
    /// <param name="cancellationToken">Ends it in the middle.</param>
    public static async Task Write(FeedRun run, long from, long end, PipeWriter to, CancellationToken cancellationToken)
    {
        FeedRow row = new(run.Shares.Length);
        ArrayBufferWriter<byte> text = new(FlushBytes + 4096);
        WriteHeader(run.Description, text);
        for (long number = from; number < end; number++)
        {
            number = Math.Max(number, run.Rows.Oldest);
            if (number < end && run.Rows.TryRead(number, row)) WriteRow(row, text);
            if (text.WrittenCount < FlushBytes) continue;
            await to.WriteAsync(text.WrittenMemory, cancellationToken).ConfigureAwait(false);
            text.ResetWrittenCount();
        }
        await to.WriteAsync(text.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    private static void WriteHeader(LiveDescription description, ArrayBufferWriter<byte> text)
    {
        text.Write("time"u8);
        foreach (LiveChannel channel in description.Channels)
        {
            text.Write(","u8);
            bool isPlain = channel.Name.AsSpan().IndexOfAny(",\"\r\n") < 0;
            Encoding.UTF8.GetBytes(isPlain ? channel.Name : $"\"{channel.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", text);
        }
        text.Write(",score,threshold,state,alarm,fault\n"u8);
    }

    private static void WriteRow(FeedRow row, ArrayBufferWriter<byte> text)
    {
        WriteNumber(row.Seconds, text);
        foreach (float value in row.Values) WriteCell(value, text);
        WriteCell(row.Score, text);
        WriteCell(row.Threshold, text);
        text.Write(","u8);
        text.Write(WordOf(row.State));
        text.Write(row.IsAlarming ? ",1"u8 : ",0"u8);
        text.Write(row.IsFaulty ? ",1\n"u8 : ",0\n"u8);
    }

    // As in a trace.
    private static ReadOnlySpan<byte> WordOf(int state) => (DetectorState)state switch
    {
        DetectorState.WarmingUp => "WarmingUp"u8,
        DetectorState.Calibrating => "Calibrating"u8,
        DetectorState.Ready => "Ready"u8,
        DetectorState.Alarm => "Alarm"u8,
        DetectorState.SensorFault => "SensorFault"u8,
        _ => ""u8,
    };

    private static void WriteCell(float value, ArrayBufferWriter<byte> text)
    {
        text.Write(","u8);
        if (!float.IsNaN(value)) WriteNumber(value, text);
    }

    private static void WriteNumber<T>(T value, ArrayBufferWriter<byte> text) where T : struct, IUtf8SpanFormattable
    {
        value.TryFormat(text.GetSpan(LongestNumber), out int count, default, CultureInfo.InvariantCulture);
        text.Advance(count);
    }
}
