using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// Writes the frames of a stream: server-sent events in the format of hardware/EdgeRnn.Simulator/Web/README.md, which live pages and
/// <c>edgernn monitor</c> read. What this service does not know is left empty there, or null.
/// </summary>
internal sealed class StreamFrames : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Utf8JsonWriter _json;

    /// <summary>A writer without a frame.</summary>
    public StreamFrames() =>
        _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>What was written since <see cref="Clear"/>; valid until the next frame.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _bytes.ResetWrittenCount();

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    /// <summary>A comment line, so that a quiet stream is told from a dead one.</summary>
    public void Comment() => _bytes.Write(": quiet\n\n"u8);

    /// <summary>The first frame.</summary>
    /// <param name="stream">What is described.</param>
    /// <param name="counters">What the loop has counted.</param>
    /// <param name="hindrance">Why it is not well, or null.</param>
    public void Hello(StreamDescription stream, LoopCounters counters, string? hindrance)
    {
        Begin("hello"u8);
        _json.WriteString("title"u8, stream.Title);
        _json.WriteString("source"u8, stream.Source);
        _json.WriteBoolean("simulated"u8, false);
        _json.WriteNumber("rateHz"u8, stream.RateHz);
        _json.WriteNumber("durationSeconds"u8, 0);
        _json.WriteString("seed"u8, "0"u8);
        _json.WriteStartArray("channels"u8);
        for (int i = 0; i < stream.Names.Count; i++)
        {
            _json.WriteStartObject();
            _json.WriteString("name"u8, stream.Names[i]);
            _json.WriteString("unit"u8, stream.Units[i]);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        Empty("hiddenLayers"u8);
        _json.WriteStartArray("pins"u8);
        if (stream.AlarmPin is { } alarm)
        {
            _json.WriteStartObject();
            foreach (string key in (ReadOnlySpan<string>)["id", "kind"]) _json.WriteString(key, "alarm"u8);
            _json.WriteString("name"u8, "Alarm"u8);
            _json.WriteNumber("number"u8, alarm);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        Empty("faults"u8);
        _json.WriteStartObject("can"u8);
        foreach (string command in (ReadOnlySpan<string>)["pause", "speed", "seed", "threshold", "acknowledge"])
            _json.WriteBoolean(command, false);
        _json.WriteEndObject();
        _json.WriteStartObject("history"u8);
        Columns(null, stream.Names.Count);
        _json.WriteEndObject();
        Empty("events"u8);
        Latest(null, "pinLevels"u8, stream, counters, hindrance);
        End();
    }

    /// <summary>A frame of steps.</summary>
    /// <param name="columns">The steps; may be none.</param>
    /// <param name="last">The last of them; null: there was none yet.</param>
    /// <param name="stream">What they belong to.</param>
    /// <param name="counters">What the loop has counted.</param>
    /// <param name="hindrance">Why it is not well, or null.</param>
    public void Data(StreamColumns columns, StreamStep? last, StreamDescription stream, LoopCounters counters, string? hindrance)
    {
        Begin("data"u8);
        Columns(columns, stream.Names.Count);
        Latest(last, "pins"u8, stream, counters, hindrance);
        End();
    }

    /// <summary>A line of the log.</summary>
    /// <param name="seconds">When.</param>
    /// <param name="kind">As <c>alarm-began</c>.</param>
    /// <param name="text">In words.</param>
    /// <param name="shares">Which channels caused it, the largest share first.</param>
    public void Event(double seconds, string kind, string text, IEnumerable<(string Name, int Percent)> shares)
    {
        Begin("event"u8);
        _json.WriteNumber("t"u8, seconds);
        _json.WriteString("kind"u8, kind);
        _json.WriteString("text"u8, text);
        _json.WriteStartArray("shares"u8);
        foreach ((string name, int percent) in shares)
        {
            _json.WriteStartObject();
            _json.WriteString("name"u8, name);
            _json.WriteNumber("percent"u8, percent);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        End();
    }

    private void Begin(ReadOnlySpan<byte> name)
    {
        _bytes.Write("event: "u8);
        _bytes.Write(name);
        _bytes.Write("\ndata: "u8);
        _json.Reset();
        _json.WriteStartObject();
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _bytes.Write("\n\n"u8);
    }

    private void Latest(StreamStep? last, ReadOnlySpan<byte> pins, StreamDescription stream, LoopCounters counters, string? hindrance)
    {
        Empty("hidden"u8);
        Numbers("shares"u8, last?.Shares ?? []);
        Numbers("faultKinds"u8, last?.Faults ?? []);
        _json.WriteStartObject(pins);
        if (stream.AlarmPin != null) _json.WriteNumber("alarm"u8, last is { IsAlarming: true } ? 1 : 0);
        _json.WriteEndObject();
        _json.WriteStartObject("health"u8);
        foreach (string unknown in (ReadOnlySpan<string>)["stepMedianUs", "stepP99Us", "bytesPerStep", "latePaces"])
            _json.WriteNull(unknown);
        _json.WriteNumber("missedDeadlines"u8, counters.LateTicks);
        _json.WriteNumber("droppedSamples"u8, counters.Overflows);
        _json.WriteNumber("samples"u8, counters.Samples);
        _json.WriteNumber("missingSamples"u8, counters.MissingSamples);
        _json.WriteNumber("restarts"u8, counters.SensorRestarts);
        _json.WriteEndObject();
        _json.WriteStartObject("run"u8);
        _json.WriteBoolean("paused"u8, false);
        _json.WriteNumber("speed"u8, 1);
        _json.WriteNumber("now"u8, last?.Seconds ?? 0);
        _json.WriteBoolean("over"u8, false);
        _json.WriteString("seed"u8, "0"u8);
        _json.WriteString("hindrance"u8, hindrance);
        Empty("verdicts"u8);
        _json.WriteEndObject();
    }

    private void Columns(StreamColumns? columns, int channels)
    {
        int count = columns?.Count ?? 0;
        _json.WriteStartArray("t"u8);
        for (int i = 0; i < count; i++) _json.WriteNumberValue(columns!.Seconds[i]);
        _json.WriteEndArray();
        _json.WriteStartArray("values"u8);
        for (int channel = 0; channel < channels; channel++)
        {
            _json.WriteStartObject();
            _json.WriteStartArray("lo"u8);
            for (int i = 0; i < count; i++) Number(columns!.Least(i, channel));
            _json.WriteEndArray();
            _json.WriteStartArray("hi"u8);
            for (int i = 0; i < count; i++) Number(columns!.Largest(i, channel));
            _json.WriteEndArray();
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        Numbers("score"u8, columns == null ? [] : columns.Scores.AsSpan(0, count));
        Numbers("threshold"u8, columns == null ? [] : columns.Thresholds.AsSpan(0, count));
        Numbers("state"u8, columns == null ? [] : columns.States.AsSpan(0, count));
        Flags("alarm"u8, columns == null ? [] : columns.Alarms.AsSpan(0, count));
        Flags("fault"u8, columns == null ? [] : columns.Faults.AsSpan(0, count));
    }

    private void Numbers(ReadOnlySpan<byte> name, ReadOnlySpan<float> values)
    {
        _json.WriteStartArray(name);
        foreach (float value in values) Number(value);
        _json.WriteEndArray();
    }

    private void Numbers(ReadOnlySpan<byte> name, ReadOnlySpan<int> values)
    {
        _json.WriteStartArray(name);
        foreach (int value in values) _json.WriteNumberValue(value);
        _json.WriteEndArray();
    }

    private void Flags(ReadOnlySpan<byte> name, ReadOnlySpan<bool> values)
    {
        _json.WriteStartArray(name);
        foreach (bool value in values) _json.WriteNumberValue(value ? 1 : 0);
        _json.WriteEndArray();
    }

    // JSON has neither NaN nor infinities.
    private void Number(float value)
    {
        if (float.IsFinite(value)) _json.WriteNumberValue(value);
        else _json.WriteNullValue();
    }

    private void Empty(ReadOnlySpan<byte> name)
    {
        _json.WriteStartArray(name);
        _json.WriteEndArray();
    }
}
