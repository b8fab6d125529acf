using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Firmware;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Simulator;

// What the device says, as events and for the expectations.
public sealed partial class Simulation : IJudgedDevice
{
    private readonly bool[] _pinsOn = new bool[2];
    private bool _wasAlarming;
    private bool _wasFaulty;
    private bool _isRestored;
    private string _cause = "";

    string IJudgedDevice.AlarmCause => _cause;

    bool IJudgedDevice.IsSo(Expectation expectation) => expectation.IsOpposite != expectation.Subject switch
    {
        ExpectationSubject.SensorFault => _wasFaulty,
        ExpectationSubject.StateRestored => _isRestored,
        ExpectationSubject.State => Loop?.Detector.State == expectation.State,
        ExpectationSubject.Pin => Board.Pin(expectation.Pin).IsHigh == expectation.IsHigh,
        ExpectationSubject.Output => IsOn(expectation.Output!) == expectation.IsOn,
        _ => _wasAlarming,
    };

    private void Judge()
    {
        if (_isFinished) return;
        foreach (ExpectationJudge judge in _judges) judge.Look(this, NowMicros);
    }

    private void NoteStep(bool hasSample)
    {
        Detector detector = _device.Loop.Detector;
        if (detector.IsAlarming != _wasAlarming)
        {
            _wasAlarming = detector.IsAlarming;
            if (_wasAlarming)
            {
                Totals.Alarms++;
                Tell(SimulationEventKind.AlarmBegan, AlarmText(detector));
            }
            else
            {
                Tell(SimulationEventKind.AlarmEnded, "alarm is over");
            }
        }
        NoteFault();
        Judge();
        _observer?.OnStep(this, hasSample);
    }

    private string AlarmText(Detector detector)
    {
        int most = 0;
        for (int i = 1; i < ShareNames.Count; i++)
        {
            if (detector.SharePercent(i) > detector.SharePercent(most)) most = i;
        }
        _cause = ShareNames[most];
        IEnumerable<string> shares = Enumerable.Range(0, ShareNames.Count).OrderByDescending(detector.SharePercent).Take(3)
            .Select(i => $"{ShareNames[i]} {detector.SharePercent(i)} %");
        return $"alarm: {string.Join(", ", shares)}";
    }

    // A tick without a sample where the sensor is well is the device's doing: it is no fault of the sensor.
    private void NoteFault()
    {
        string? fault = FaultText();
        if (fault != null == _wasFaulty) return;
        _wasFaulty = fault != null;
        if (_wasFaulty) Tell(SimulationEventKind.SensorFault, $"sensor fault: {fault}");
        else Tell(SimulationEventKind.SensorOk, "sensor is well");
    }

    private string? FaultText()
    {
        int status = _device.Loop.LastSensorStatus;
        if (status is not SensorStatus.Ok and not SensorStatus.NoSample) return SensorStatus.Describe(status);
        Detector detector = _device.Loop.Detector;
        for (int i = 0; i < ChannelNames.Count; i++)
        {
            SensorFaultKind kind = detector.FaultOf(i);
            if (kind is not SensorFaultKind.None and not SensorFaultKind.Dropout and not SensorFaultKind.Late)
                return $"{ChannelNames[i]}: {Words(kind)}";
        }
        return detector.State == DetectorState.SensorFault ? "readings are missing" : null;
    }

    private static string Words(SensorFaultKind kind) => kind switch
    {
        SensorFaultKind.NotANumber => "no reading",
        SensorFaultKind.Infinite => "infinite",
        SensorFaultKind.OutOfRange => "out of range",
        SensorFaultKind.Stuck => "stuck",
        SensorFaultKind.FlatLine => "flat line",
        _ => "spike",
    };

    // The light and the buzzer blink: they are looked at, not told.
    private void NotePins()
    {
        NotePin(0, "alarm", Scenario.Pins.Alarm);
        NotePin(1, "button", Scenario.Pins.Button);
    }

    private void NotePin(int at, string name, PinUse? use)
    {
        if (use == null) return;
        bool isOn = IsOn(use);
        if (isOn == _pinsOn[at]) return;
        _pinsOn[at] = isOn;
        string level = Board.Pin(use.Number).IsHigh ? "high" : "low";
        Tell(SimulationEventKind.Pin, $"pin {use.Number} {level}: {name} {(isOn ? "on" : "off")}");
    }

    // Without power nothing is on, whatever the level.
    private bool IsOn(PinUse use) => (_hasPower || use == Scenario.Pins.Button) && Board.Pin(use.Number).IsHigh != use.IsActiveLow;

    private sealed class Ear(Simulation simulation) : ILoopListener
    {
        public void BeforeStep(SensorLoop loop) => simulation._observer?.BeforeStep(simulation);

        public void OnStep(SensorLoop loop, bool hasSample)
        {
            if (hasSample) simulation._observer?.AfterStep(simulation);
            simulation.NoteStep(hasSample);
        }

        public void OnSensor(SensorLoop loop, int status) => simulation.NoteFault();
    }
}
