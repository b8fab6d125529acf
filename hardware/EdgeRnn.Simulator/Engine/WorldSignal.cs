using System;
using System.Collections.Generic;

namespace EdgeRnn.Simulator;

/// <summary>What an input of a sensor measures: a source's output, and over it the faults of the signal, each in its time.</summary>
internal sealed class WorldSignal
{
    private readonly List<Overlay> _overlays = [];
    private readonly Func<long, double> _value;

    public WorldSignal(Func<long, double> value) => _value = value;

    public double ValueAt(long atMicros)
    {
        if (_overlays.Count == 0) return _value(atMicros);
        double value = _value(atMicros);
        foreach (Overlay overlay in _overlays)
        {
            if (atMicros >= overlay.From && atMicros < overlay.To) value = overlay.Over(value, atMicros);
        }
        return value;
    }

    public void Spike(double by, long fromMicros, long forMicros) =>
        Add(new Overlay(fromMicros, fromMicros + forMicros, (value, _) => value + by));

    public void Drift(double by, long fromMicros, long overMicros, long toMicros) => Add(new Overlay(fromMicros, toMicros,
        (value, at) => value + by * (overMicros == 0 ? 1 : Math.Min(1, (double)(at - fromMicros) / overMicros))));

    public void Stick(long fromMicros, long toMicros)
    {
        double held = ValueAt(fromMicros);
        Add(new Overlay(fromMicros, toMicros, (_, _) => held));
    }

    public void Drop(long fromMicros, long toMicros) => Add(new Overlay(fromMicros, toMicros, (_, _) => double.NaN));

    // Those that nobody may ask about any more are forgotten.
    private void Add(Overlay overlay)
    {
        _overlays.RemoveAll(old => old.To < overlay.From - SourceSettings.HistoryMicros);
        _overlays.Add(overlay);
    }

    private sealed record Overlay(long From, long To, Func<double, long, double> Over);
}
