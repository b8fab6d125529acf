using System;
using System.Collections.Generic;

namespace EdgeRnn.Simulator;

// What a scenario's events and a person do to the device.
public sealed partial class Simulation
{
    private readonly IReadOnlyDictionary<string, ScenarioEvent[]> _choices;

    /// <summary>Injects a fault now, for a time that suits it.</summary>
    /// <param name="faultId">One of <see cref="Faults"/>.</param>
    /// <exception cref="ArgumentException">There is no such fault.</exception>
    public void Inject(string faultId)
    {
        if (!_choices.TryGetValue(faultId, out ScenarioEvent[]? events))
            throw new ArgumentException($"there is no fault '{faultId}'", nameof(faultId));
        try
        {
            // The first now, the others as much later as they say.
            _timeline.Apply(events[0]);
            foreach (ScenarioEvent later in events.AsSpan(1)) Board.Time.At(NowMicros + later.AtMicros, () => _timeline.Apply(later));
        }
        catch (PowerCutException cut)
        {
            LosePower(cut.ForMicros);
        }
    }

    /// <summary>Presses or lets go of a control of the board.</summary>
    /// <param name="control"><c>button</c>.</param>
    /// <param name="isDown">Whether it is pressed.</param>
    /// <exception cref="ArgumentException">The board has no such control.</exception>
    public void Press(string control, bool isDown)
    {
        if (control != "button" || Scenario.Pins.Button is not { } button)
            throw new ArgumentException($"the board has no control '{control}'", nameof(control));
        Board.Pin(button.Number).Drive(isDown != button.IsActiveLow);
        NotePins();
    }

    private void CutPower(ScenarioEvent cut)
    {
        // The next save may be one after an outage.
        if (cut.IsDuringSave) _storage.FailsForMicros = cut.ForMicros;
        else if (_hasPower) throw new PowerCutException(cut.ForMicros);
        else _powerBackMicros = Math.Max(_powerBackMicros, NowMicros + cut.ForMicros);
    }

    private sealed class Wires(Simulation simulation) : ITimelineDevice
    {
        public bool HasPower => simulation._hasPower;

        public long PeriodMicros => simulation._device.PeriodMicros;

        public long TurnMicros => simulation._device.TurnMicros;

        public void Tell(SimulationEventKind kind, string text) => simulation.Tell(kind, text);

        public void CutPower(ScenarioEvent cut) => simulation.CutPower(cut);

        public void Press(bool isDown) => simulation.Press("button", isDown);
    }
}
