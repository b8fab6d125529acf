using System;
using System.Globalization;

namespace EdgeRnn.Simulator;

// What a frame says besides columns.
internal sealed partial class FrameText
{
    private void WriteDescription(LiveDescription description)
    {
        _json.WriteString("title", description.Title);
        _json.WriteString("source", description.Source);
        _json.WriteBoolean("simulated", description.IsSimulated);
        WriteNumber("rateHz", description.RateHz);
        WriteNumber("durationSeconds", description.DurationSeconds);
        WriteSeed(description.Seed);
        _json.WriteStartArray("channels");
        foreach (LiveChannel channel in description.Channels)
        {
            _json.WriteStartObject();
            _json.WriteString("name", channel.Name);
            _json.WriteString("unit", channel.Unit);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteStartArray("hiddenLayers");
        foreach (LiveLayer layer in description.HiddenLayers)
        {
            _json.WriteStartObject();
            _json.WriteString("name", layer.Name);
            _json.WriteNumber("units", layer.Units);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteStartArray("pins");
        foreach (LivePin pin in description.Pins)
        {
            _json.WriteStartObject();
            _json.WriteString("id", pin.Id);
            _json.WriteString("name", pin.Name);
            _json.WriteString("kind", pin.Kind);
            WriteCount("number", pin.Number);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteStartArray("faults");
        foreach (LiveChoice fault in description.Faults)
        {
            _json.WriteStartObject();
            _json.WriteString("id", fault.Id);
            _json.WriteString("label", fault.Label);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteStartObject("can");
        _json.WriteBoolean("pause", description.CanPause);
        _json.WriteBoolean("speed", description.CanSetSpeed);
        _json.WriteBoolean("seed", description.CanSetSeed);
        _json.WriteBoolean("threshold", description.CanSetThreshold);
        _json.WriteBoolean("acknowledge", description.CanAcknowledge);
        _json.WriteEndObject();
    }

    private void WriteLatest(LiveFeed feed, FeedRun run, string pinsName)
    {
        _json.WriteStartArray("hidden");
        foreach (float unit in run.Hidden) WriteNumber(unit);
        _json.WriteEndArray();
        _json.WriteStartArray("shares");
        foreach (int share in run.Shares) _json.WriteNumberValue(share);
        _json.WriteEndArray();
        _json.WriteStartArray("faultKinds");
        foreach (int fault in run.Faults) _json.WriteNumberValue(fault);
        _json.WriteEndArray();
        _json.WriteStartObject(pinsName);
        for (int i = 0; i < run.Pins.Length; i++) _json.WriteNumber(run.Description.Pins[i].Id, run.Pins[i] ? 1 : 0);
        _json.WriteEndObject();
        WriteHealth(feed.Health);
        WriteRun(feed);
    }

    private void WriteHealth(LiveHealth health)
    {
        _json.WriteStartObject("health");
        WriteNumber("stepMedianUs", health.StepMedianMicros);
        WriteNumber("stepP99Us", health.StepP99Micros);
        WriteCount("missedDeadlines", health.MissedDeadlines);
        WriteNumber("bytesPerStep", health.BytesPerStep);
        WriteCount("droppedSamples", health.DroppedSamples);
        WriteCount("samples", health.Samples);
        WriteCount("missingSamples", health.MissingSamples);
        WriteCount("restarts", health.Restarts);
        WriteCount("latePaces", health.LatePaces);
        _json.WriteEndObject();
    }

    private void WriteRun(LiveFeed feed)
    {
        LiveRunState run = feed.RunState;
        _json.WriteStartObject("run");
        _json.WriteBoolean("paused", run.IsPaused);
        WriteNumber("speed", run.Speed);
        WriteNumber("now", run.NowSeconds);
        _json.WriteBoolean("over", run.IsOver);
        WriteSeed(run.Seed);
        _json.WriteString("hindrance", run.Hindrance); // null where there is none
        _json.WriteStartArray("verdicts");
        foreach (Verdict verdict in run.Verdicts)
        {
            _json.WriteStartObject();
            _json.WriteString("text", verdict.Text);
            if (verdict.Met is { } isMet) _json.WriteBoolean("met", isMet);
            else _json.WriteNull("met");
            _json.WriteString("why", verdict.Why);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        WriteRecording(feed.LastRecording);
        _json.WriteEndObject();
    }

    private void WriteRecording(LiveFeed.Recording? recording)
    {
        _json.WriteStartObject("recording");
        _json.WriteBoolean("on", recording is { To: null });
        _json.WriteNumber("rows", recording == null ? 0 : recording.End - recording.From);
        _json.WriteNumber("lost", recording?.Lost ?? 0);
        _json.WriteEndObject();
    }

    // As text: a number of JavaScript does not hold it.
    private void WriteSeed(ulong seed)
    {
        Span<char> digits = stackalloc char[20];
        seed.TryFormat(digits, out int count, default, CultureInfo.InvariantCulture);
        _json.WriteString("seed", digits[..count]);
    }
}
