using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>A feed's frames, taken apart as a browser does, and what the tests add to feeds.</summary>
internal static class Frames
{
    /// <summary>A description with so many channels: c0, c1, ...</summary>
    public static LiveDescription Described(int channels = 1, int hiddenUnits = 0) => new()
    {
        Title = "A test",
        Source = "test.yaml, seed 1",
        IsSimulated = true,
        RateHz = 1000,
        Channels = [.. Enumerable.Range(0, channels).Select(i => new LiveChannel("c" + i, "V"))],
        HiddenLayers = hiddenUnits == 0 ? [] : [new LiveLayer("gru1", hiddenUnits)],
        Pins = [new LivePin("alarm", "Alarm", "alarm", 17), new LivePin("led", "Status", "led", 27)],
        Faults = [new LiveChoice("bearing", "Bearing fault")],
        Seed = ulong.MaxValue,
    };

    /// <summary>Adds a row whose channels all have a value.</summary>
    public static void Add(this LiveFeed feed, double seconds, float value, float score = 0.5f)
    {
        LiveStep step = new(feed.Description.Channels.Count, feed.Description.HiddenUnits)
        {
            Seconds = seconds,
            Score = score,
            Threshold = 4,
            State = 2,
        };
        step.Values.AsSpan().Fill(value);
        feed.Add(step);
    }

    /// <summary>The events that are next for a reader.</summary>
    public static List<(string Name, JsonElement Data)> Read(this LiveReader reader) =>
        Parse(Encoding.UTF8.GetString(reader.Next().Span));

    /// <summary>Server-sent events, taken apart. Every line is one that the standard knows.</summary>
    public static List<(string Name, JsonElement Data)> Parse(string text)
    {
        List<(string, JsonElement)> events = [];
        foreach (string block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (block.StartsWith(':')) continue;
            string[] lines = block.Split('\n');
            Assert.Equal(2, lines.Length);
            Assert.StartsWith("event: ", lines[0], StringComparison.Ordinal);
            Assert.StartsWith("data: ", lines[1], StringComparison.Ordinal);
            events.Add((lines[0]["event: ".Length..], JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement));
        }
        return events;
    }

    /// <summary>A column's numbers; NaN for null.</summary>
    public static double[] Numbers(this JsonElement frame, string name) =>
        [.. frame.GetProperty(name).EnumerateArray().Select(n => n.ValueKind == JsonValueKind.Null ? double.NaN : n.GetDouble())];

    /// <summary>The least values of a channel's columns.</summary>
    public static double[] Low(this JsonElement frame, int channel = 0) => frame.GetProperty("values")[channel].Numbers("lo");

    /// <summary>The largest values of a channel's columns.</summary>
    public static double[] High(this JsonElement frame, int channel = 0) => frame.GetProperty("values")[channel].Numbers("hi");
}
