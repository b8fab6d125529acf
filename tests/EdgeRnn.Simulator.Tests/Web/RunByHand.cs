using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>
/// A scenario for a live page in computed time on both sides: a pump whose bearing fails at 42 s. A test turns it.
/// </summary>
internal sealed class RunByHand : IPaceClock, IDisposable
{
    private readonly LiveReader _reader;
    private readonly List<(string Name, JsonElement Data)> _frames = [];

    public RunByHand(double speed = 1, ulong seed = 1)
    {
        Run = new LiveRun(PumpScenario(), ModelBytes, seed, speed, this);
        _reader = new LiveReader(Run.Feed);
        _frames.AddRange(_reader.Read());
    }

    public LiveRun Run { get; }

    /// <summary>The model as it is read at each start.</summary>
    public byte[] ModelBytes { get; } = Model();

    /// <summary>The time of who looks at it.</summary>
    public long NowMicros { get; private set; } = 1_000_000_000;

    /// <summary>What a turn takes on this computer.</summary>
    public long TurnCostMicros { get; set; }

    /// <summary>Waits so far.</summary>
    public int Waits { get; private set; }

    /// <summary>The device's time, as pages are told.</summary>
    public double DeviceSeconds => Run.Feed.RunState.NowSeconds;

    public static Scenario PumpScenario() => Scenario.Parse("""
        title: A bearing of a pump wears
        duration: 50 s
        sensor: { kind: mpu6050, rate: 100, range: 4, rotation: false, temperature: true }
        board: { alarm: 17, led: 27, buzzer: 22, button: 23 }
        sources:
          machine: { kind: rotating-machine, speedRpm: 1475, load: 0.7 }
        events:
          - { at: 42 s, set: machine.bearing, to: 1, over: 1 s }
        expect:
          - no alarm before t=42
          - alarm within 3 s of t=42
        """, "pump.yaml", Repository.Root);

    public static byte[] Model() =>
        File.ReadAllBytes(Path.Combine(Repository.Root, "hardware", "EdgeRnn.Simulator", "models", "vibration-mpu6050.ernn"));

    /// <summary>Lets so many seconds of the looker's time pass.</summary>
    public void Pass(double seconds)
    {
        long end = NowMicros + (long)(seconds * 1e6);
        while (NowMicros < end)
        {
            Run.GoOn();
            NowMicros += TurnCostMicros;
        }
        _frames.AddRange(_reader.Read());
    }

    /// <summary>Goes on until it is over; for a run as fast as it can.</summary>
    public void Finish()
    {
        while (Run.LastVerdicts == null) Run.GoOn();
        _frames.AddRange(_reader.Read());
    }

    /// <summary>Has a command done, as a page does.</summary>
    public string? Do(string name, double value = double.NaN, string text = "")
    {
        Task<string?> answer = Run.Post(new LiveCommand(name, value, text));
        Run.GoOn();
        _frames.AddRange(_reader.Read());
        return answer.Result;
    }

    /// <summary>What a page has been sent since the last call.</summary>
    public List<(string Name, JsonElement Data)> TakeFrames()
    {
        _frames.AddRange(_reader.Read());
        List<(string, JsonElement)> taken = [.. _frames];
        _frames.Clear();
        return taken;
    }

    /// <summary>Texts of the log's lines of a kind since the last call.</summary>
    public List<JsonElement> TakeEvents(string kind) =>
        [.. TakeFrames().Where(f => f.Name == "event" && f.Data.GetProperty("kind").GetString() == kind).Select(f => f.Data)];

    void IPaceClock.Wait(long micros)
    {
        Waits++;
        NowMicros += micros;
    }

    void IPaceClock.Wake()
    {
        // Nobody sleeps.
    }

    public void Dispose()
    {
        _reader.Dispose();
        Run.Dispose();
    }
}
