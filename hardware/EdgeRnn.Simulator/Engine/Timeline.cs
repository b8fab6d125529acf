using System;
using System.Collections.Generic;

namespace EdgeRnn.Simulator;

/// <summary>What events do that concern the device and not the world around it.</summary>
internal interface ITimelineDevice
{
    bool HasPower { get; }

    // From one sample to the next, and from one turn to the next.
    long PeriodMicros { get; }

    long TurnMicros { get; }

    void Tell(SimulationEventKind kind, string text);

    // Throws PowerCutException where the device has power.
    void CutPower(ScenarioEvent cut);

    void Press(bool isDown);
}

/// <summary>The events of a scenario, each at its time, and others that a person asks for.</summary>
internal sealed class Timeline
{
    private readonly SimulatedBoard _board;
    private readonly World _world;
    private readonly ITimelineDevice _device;
    private readonly bool _isReplay;
    private readonly Dictionary<(ScenarioAction, int, int), long> _ends = [];

    public Timeline(Scenario scenario, SimulatedBoard board, World world, ITimelineDevice device, bool isReplay)
    {
        _board = board;
        _world = world;
        _device = device;
        _isReplay = isReplay;
        foreach (ScenarioEvent next in scenario.Events) board.Time.At(next.AtMicros, () => Apply(next));
    }

    private long Now => _board.Time.NowMicros;

    public void Apply(ScenarioEvent now)
    {
        // A trace holds what sources and faults of signals did.
        bool isOfSignal = now.Action is ScenarioAction.Set or ScenarioAction.Spike or ScenarioAction.Drift or ScenarioAction.Stuck
            or ScenarioAction.Dropout;
        if (isOfSignal && _isReplay) return;
        _device.Tell(SimulationEventKind.Injected, now.Text);
        if (isOfSignal) ChangeSignal(now);
        else if (now.Action == ScenarioAction.PowerLoss) _device.CutPower(now);
        else if (now.Action == ScenarioAction.LateTicks) BeLate(now.Count);
        else Begin(now);
    }

    private void ChangeSignal(ScenarioEvent now)
    {
        long end = now.ForMicros == 0 ? long.MaxValue : Now + now.ForMicros;
        if (now.Action == ScenarioAction.Set)
        {
            _world.Sources[now.Target].Change(now.Index, now.Value, Now, now.OverMicros);
            return;
        }
        WorldSignal signal = _world.Signal(now.Target, now.Index)!;
        switch (now.Action)
        {
            case ScenarioAction.Spike:
                signal.Spike(now.Value, Now, now.ForMicros == 0 ? _device.PeriodMicros : now.ForMicros);
                return; // over before anybody would be told
            case ScenarioAction.Drift:
                signal.Drift(now.Value, Now, now.OverMicros, end);
                break;
            case ScenarioAction.Stuck:
                signal.Stick(Now, end);
                break;
            default:
                signal.Drop(Now, end);
                break;
        }
        if (now.ForMicros > 0) _board.Time.At(end, () => _device.Tell(SimulationEventKind.Cleared, $"over: {now.Text}"));
    }

    private void Begin(ScenarioEvent now)
    {
        Switch(now, true);
        if (now.Count > 0) return; // transfers are counted where they fail
        // The same fault again lasts until the later end.
        (ScenarioAction, int, int) key = (now.Action, now.Target, now.Index);
        long end = now.ForMicros == 0 ? long.MaxValue : Math.Max(Now + now.ForMicros, _ends.GetValueOrDefault(key));
        _ends[key] = end;
        if (end == long.MaxValue) return;
        _board.Time.At(end, () =>
        {
            if (_ends.GetValueOrDefault(key) != end) return;
            _ends.Remove(key);
            Switch(now, false);
            _device.Tell(SimulationEventKind.Cleared, $"over: {now.Text}");
        });
    }

    private void Switch(ScenarioEvent now, bool begins)
    {
        if (now.Action == ScenarioAction.Press)
        {
            _device.Press(begins);
            return;
        }
        SimulatedPart part = _world.Parts[now.Target];
        int transfers = now.Count == 0 ? int.MaxValue : now.Count;
        switch (now.Action)
        {
            case ScenarioAction.NoAnswer:
                part.Faults!.NoAnswers = begins ? Math.Max(part.Faults.NoAnswers, transfers) : 0;
                break;
            case ScenarioAction.ShortRead:
                part.Faults!.ShortReads = begins ? Math.Max(part.Faults.ShortReads, transfers) : 0;
                break;
            case ScenarioAction.StuckRegister when begins:
                part.Faults!.Stuck[now.Index] = (byte)now.Value;
                break;
            case ScenarioAction.StuckRegister:
                part.Faults!.Stuck.Remove(now.Index);
                break;
            default:
                part.IsAway = begins;
                break;
        }
    }

    private void BeLate(int ticks)
    {
        if (_device.HasPower) _board.Time.Advance(ticks * _device.TurnMicros);
    }
}
