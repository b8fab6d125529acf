using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Monitor;

/// <summary>
/// Frames of a stream as a Pi and a live page serve it (hardware/EdgeRnn.Simulator/Web/README.md), back into a description, steps and
/// events. What is not as described there is refused with a <see cref="FormatException"/>.
/// </summary>
/// <param name="source">Where they come from, for the page.</param>
/// <param name="scorer">Computes the score; null: it is what the frames say.</param>
internal sealed class StreamFrames(string source, ModelScorer? scorer)
{
    private const int _mostItems = 256;

    private static readonly Dictionary<string, LiveEventKind> _kinds = Enum.GetValues<LiveEventKind>()
        .ToDictionary(kind => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()), StringComparer.Ordinal);

    private float[] _values = [];
    private bool _hasMerged;

    /// <summary>Whether the stream has begun.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Takes a frame.</summary>
    /// <param name="session">Receives what is in it.</param>
    /// <param name="name">hello, data or event; others are left out.</param>
    /// <param name="json">Its data.</param>
    /// <exception cref="FormatException">It is no such frame.</exception>
    /// <exception cref="Converter.ConversionException">Its channels are not those of the model.</exception>
    public void Take(MonitorSession session, string name, string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement frame = document.RootElement;
            if (name == "hello") Begin(session, frame);
            else if (HasBegun && name == "data") AddSteps(session, frame);
            else if (HasBegun && name == "event") AddEvent(session, frame);
        }
        catch (Exception wrong) when (
            wrong is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new FormatException($"a frame '{name}' is not as described: {wrong.Message.TrimEnd('.')}", wrong);
        }
    }

    private void Begin(MonitorSession session, JsonElement hello)
    {
        LiveChannel[] channels = [.. Few(hello, "channels").EnumerateArray().Select(channel =>
            new LiveChannel(channel.GetProperty("name").GetString() ?? "", channel.GetProperty("unit").GetString() ?? ""))];
        LivePin[] pins = [.. Few(hello, "pins").EnumerateArray().Select(pin => new LivePin(
            pin.GetProperty("id").GetString() ?? "", pin.GetProperty("name").GetString() ?? "",
            pin.GetProperty("kind").GetString() ?? "", pin.GetProperty("number").GetInt32()))];
        _values = new float[channels.Length];
        _hasMerged = false;
        scorer?.Bind(source, [.. channels.Select(channel => channel.Name)]);
        session.HasOwnEvents = scorer == null;
        session.Describe(session.Description with
        {
            Title = hello.GetProperty("title").GetString() ?? "",
            Source = $"{hello.GetProperty("source").GetString()}, {source}",
            IsSimulated = hello.GetProperty("simulated").GetBoolean(),
            RateHz = hello.GetProperty("rateHz").GetDouble(),
            Channels = scorer == null ? channels : scorer.Channels,
            HiddenLayers = scorer == null ? [] : scorer.HiddenLayers,
            Pins = scorer == null ? pins : [],
        });
        HasBegun = true;
    }

    // Memory is reserved for each.
    private static JsonElement Few(JsonElement hello, string name)
    {
        JsonElement items = hello.GetProperty(name);
        int count = items.GetArrayLength();
        return count <= _mostItems ? items
            : throw new FormatException($"a frame 'hello': {name}: expected at most {_mostItems}, found {count}");
    }

    private void AddSteps(MonitorSession session, JsonElement data)
    {
        JsonElement times = data.GetProperty("t"), values = data.GetProperty("values"), health = data.GetProperty("health");
        int count = times.GetArrayLength();
        session.Health = new LiveHealth
        {
            Samples = Count(health, "samples"),
            MissingSamples = Count(health, "missingSamples"),
            MissedDeadlines = Count(health, "missedDeadlines"),
            DroppedSamples = Count(health, "droppedSamples"),
            Restarts = Count(health, "restarts"),
        };
        for (int column = 0; column < count && !session.IsFull; column++)
        {
            bool isMerged = Values(values, "lo", column) | Values(values, "hi", column, compares: true);
            if (isMerged && scorer != null)
            {
                RefuseMerged(session);
                continue;
            }
            if (isMerged)
            {
                Values(values, "lo", column);
                AddStep(session, data, times, column, column == count - 1);
                Values(values, "hi", column);
            }
            AddStep(session, data, times, column, column == count - 1);
        }
        SetPins(session, data.GetProperty("pins"));
        JsonElement hindrance = data.GetProperty("run").GetProperty("hindrance");
        session.SetHindrance(hindrance.ValueKind == JsonValueKind.String ? hindrance.GetString() : null);
    }

    // Whether any value is another than the one that was there, where that is asked.
    private bool Values(JsonElement values, string bound, int column, bool compares = false)
    {
        bool differs = false;
        for (int i = 0; i < _values.Length; i++)
        {
            float value = Number(values[i].GetProperty(bound)[column]);
            differs |= compares && !value.Equals(_values[i]);
            _values[i] = value;
        }
        return differs;
    }

    private void AddStep(MonitorSession session, JsonElement data, JsonElement times, int column, bool isLast)
    {
        LiveStep step = session.Step;
        step.Seconds = Math.Max(step.Seconds, times[column].GetDouble());
        if (scorer != null)
        {
            scorer.Score(_values, step);
            session.AddStep();
            return;
        }
        _values.CopyTo(step.Values, 0);
        step.HasSample = _values.Length == 0 || _values.Any(value => !float.IsNaN(value));
        step.Score = Number(data.GetProperty("score")[column]);
        step.Threshold = Number(data.GetProperty("threshold")[column]);
        JsonElement state = data.GetProperty("state")[column];
        step.State = state.ValueKind == JsonValueKind.Number && state.GetInt32() is >= 0 and <= (int)DetectorState.SensorFault
            ? state.GetInt32() : -1;
        step.IsAlarming = data.GetProperty("alarm")[column].GetInt32() != 0;
        // They are the latest sample's.
        for (int i = 0; i < _values.Length; i++)
        {
            step.Shares[i] = isLast ? At(data.GetProperty("shares"), i) : step.Shares[i];
            step.Faults[i] = isLast ? At(data.GetProperty("faultKinds"), i) : 0;
        }
        session.AddStep();
    }

    private void RefuseMerged(MonitorSession session)
    {
        session.Bad++;
        session.LastBad = "several samples in one column";
        if (_hasMerged) return;
        _hasMerged = true;
        session.Tell(LiveEventKind.Note, "Samples come faster than the stream carries them one by one; those are left out of the score");
    }

    private static void SetPins(MonitorSession session, JsonElement pins)
    {
        IReadOnlyList<LivePin> described = session.Description.Pins;
        if (session.Feed == null || described.Count == 0) return;
        bool[] areActive = [.. described.Select(pin => pins.TryGetProperty(pin.Id, out JsonElement level) && level.GetInt32() != 0)];
        session.Feed.SetPins(areActive);
    }

    private static void AddEvent(MonitorSession session, JsonElement frame)
    {
        if (!session.HasOwnEvents) return;
        LiveEventKind kind = _kinds.GetValueOrDefault(frame.GetProperty("kind").GetString() ?? "", LiveEventKind.Note);
        session.Tell(new LiveEvent(Number(frame.GetProperty("t")), kind, frame.GetProperty("text").GetString() ?? "")
        {
            Shares = [.. frame.GetProperty("shares").EnumerateArray().Select(share =>
                new LiveShare(share.GetProperty("name").GetString() ?? "", share.GetProperty("percent").GetInt32()))],
        });
    }

    private static float Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? float.NaN : value.GetSingle();

    private static long Count(JsonElement health, string name) =>
        health.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : -1;

    private static int At(JsonElement array, int index) => index < array.GetArrayLength() ? array[index].GetInt32() : 0;
}
