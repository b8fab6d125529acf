using System;
using System.Buffers;
using System.Text.Json;

namespace EdgeRnn.Simulator;

/// <summary>Frames as JSON, into a buffer that is used again: numbers shortest, those that are none as null.</summary>
internal sealed partial class FrameText(IBufferWriter<byte> to) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(to, new JsonWriterOptions { SkipValidation = true });

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    /// <summary>The frame that comes first.</summary>
    public void WriteHello(LiveFeed feed, FeedRun run, ColumnSet history, ReadOnlySpan<LiveEvent?> events)
    {
        Begin();
        WriteDescription(run.Description);
        _json.WriteStartObject("history");
        WriteColumns(history);
        _json.WriteEndObject();
        _json.WriteStartArray("events");
        foreach (LiveEvent? happened in events) WriteEventObject(happened!);
        _json.WriteEndArray();
        WriteLatest(feed, run, "pinLevels");
        End();
    }

    /// <summary>A frame with what is new.</summary>
    public void WriteData(LiveFeed feed, FeedRun run, ColumnSet columns)
    {
        Begin();
        WriteColumns(columns);
        WriteLatest(feed, run, "pins");
        End();
    }

    /// <summary>A frame with an event.</summary>
    public void WriteEvent(LiveEvent happened)
    {
        _json.Reset();
        WriteEventObject(happened);
        _json.Flush();
    }

    private void Begin()
    {
        _json.Reset();
        _json.WriteStartObject();
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
    }

    private void WriteColumns(ColumnSet columns)
    {
        int count = columns.Count;
        _json.WriteStartArray("t");
        for (int i = 0; i < count; i++) _json.WriteNumberValue(columns.Seconds(i));
        _json.WriteEndArray();
        _json.WriteStartArray("values");
        for (int channel = 0; channel < columns.Channels; channel++)
        {
            _json.WriteStartObject();
            _json.WriteStartArray("lo");
            for (int i = 0; i < count; i++) WriteNumber(columns.Low(i, channel));
            _json.WriteEndArray();
            _json.WriteStartArray("hi");
            for (int i = 0; i < count; i++) WriteNumber(columns.High(i, channel));
            _json.WriteEndArray();
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteStartArray("score");
        for (int i = 0; i < count; i++) WriteNumber(columns.Score(i));
        _json.WriteEndArray();
        _json.WriteStartArray("threshold");
        for (int i = 0; i < count; i++) WriteNumber(columns.Threshold(i));
        _json.WriteEndArray();
        _json.WriteStartArray("state");
        for (int i = 0; i < count; i++) WriteCount(columns.State(i));
        _json.WriteEndArray();
        _json.WriteStartArray("alarm");
        for (int i = 0; i < count; i++) _json.WriteNumberValue(columns.IsAlarming(i) ? 1 : 0);
        _json.WriteEndArray();
        _json.WriteStartArray("fault");
        for (int i = 0; i < count; i++) _json.WriteNumberValue(columns.IsFaulty(i) ? 1 : 0);
        _json.WriteEndArray();
    }

    private void WriteEventObject(LiveEvent happened)
    {
        _json.WriteStartObject();
        WriteNumber("t", happened.Seconds);
        _json.WriteString("kind", NameOf(happened.Kind));
        _json.WriteString("text", happened.Text);
        _json.WriteStartArray("shares");
        foreach (LiveShare share in happened.Shares)
        {
            _json.WriteStartObject();
            _json.WriteString("name", share.Name);
            _json.WriteNumber("percent", share.Percent);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private static string NameOf(LiveEventKind kind) => kind switch
    {
        LiveEventKind.AlarmBegan => "alarm-began",
        LiveEventKind.AlarmEnded => "alarm-ended",
        LiveEventKind.SensorFault => "sensor-fault",
        LiveEventKind.SensorOk => "sensor-ok",
        LiveEventKind.Injected => "injected",
        LiveEventKind.PowerLost => "power-lost",
        LiveEventKind.PowerBack => "power-back",
        LiveEventKind.StateRestored => "state-restored",
        LiveEventKind.Pin => "pin",
        LiveEventKind.Over => "over",
        _ => "note",
    };

    private void WriteNumber(float value)
    {
        if (float.IsFinite(value)) _json.WriteNumberValue(value);
        else _json.WriteNullValue();
    }

    private void WriteNumber(string name, double value)
    {
        if (double.IsFinite(value)) _json.WriteNumber(name, value);
        else _json.WriteNull(name);
    }

    private void WriteCount(long count)
    {
        if (count >= 0) _json.WriteNumberValue(count);
        else _json.WriteNullValue();
    }

    private void WriteCount(string name, long count)
    {
        if (count >= 0) _json.WriteNumber(name, count);
        else _json.WriteNull(name);
    }
}
