using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware;

// What a turn does with what the detector said. Each part is there or not.
public sealed partial class SensorLoop
{
    private readonly long _reportMicros;
    private readonly long _saveMicros;
    private long _reportDue;
    private long _saveDue;
    private bool _isSaveRequested; // by any thread, as _isStopping

    /// <summary>Follows the alarm; null: none.</summary>
    public AlarmOutput? Alarm { get; set; }

    /// <summary>Shows what the device is doing; null: none.</summary>
    public StatusLed? Led { get; set; }

    /// <summary>Beeps until an alarm is acknowledged; null: none.</summary>
    public Buzzer? Buzzer { get; set; }

    /// <summary>A press is an <see cref="Acknowledge"/>; null: none.</summary>
    public AcknowledgeButton? Button { get; set; }

    /// <summary>Takes a line per report period; null: none.</summary>
    public ReportLine? Report { get; set; }

    /// <summary>Keeps the state over a restart; null: none.</summary>
    public StateKeeper? State { get; set; }

    /// <summary>Fed after each sample the network has read, and never for what stands for one; null: none.</summary>
    public IWatchdog? Watchdog { get; set; }

    /// <summary>Has the state saved at the end of a turn. May be called on any thread.</summary>
    public void RequestSave() => _isSaveRequested = true;

    /// <summary>
    /// Somebody has noticed: silences the buzzer and ends the alarm, a latched one too (<see cref="Runtime.Detector.Acknowledge"/>). The
    /// pins follow in the next turn. On the thread of the turns, between two of them.
    /// </summary>
    public void Acknowledge()
    {
        if (Buzzer != null && Detector.IsAlarming) Buzzer.Silence(NowMicros);
        Detector.Acknowledge();
    }

    private void Act()
    {
        TakePress();
        UpdatePins();
        if (Report != null && _reportMicros > 0 && NowMicros >= _reportDue)
        {
            _reportDue += _reportMicros * ((NowMicros - _reportDue) / _reportMicros + 1);
            Report.Write(this);
        }
        if (State == null) return;
        bool isDue = _saveMicros > 0 && NowMicros >= _saveDue;
        if (!isDue && !_isSaveRequested) return;
        if (isDue) _saveDue += _saveMicros * ((NowMicros - _saveDue) / _saveMicros + 1);
        _isSaveRequested = false;
        Save();
    }

    private void TakePress()
    {
        if (Button == null) return;
        if (Button.Update() != BusStatus.Ok) Counters.OutputFaults = LoopCounters.Added(Counters.OutputFaults, 1);
        if (Button.WasPressed) Acknowledge();
    }

    // Each is written whatever became of the others.
    private void UpdatePins()
    {
        int alarm = Alarm == null ? BusStatus.Ok : Alarm.Update(Detector.IsAlarming);
        int buzzer = Buzzer == null ? BusStatus.Ok : Buzzer.Update(Detector.IsAlarming, NowMicros);
        int led = Led == null ? BusStatus.Ok : Led.Update(Detector.State, NowMicros);
        if (alarm == BusStatus.Ok && buzzer == BusStatus.Ok && led == BusStatus.Ok) return;
        Counters.OutputFaults = LoopCounters.Added(Counters.OutputFaults, 1);
    }

    private void Save()
    {
        if (State!.Save() == StorageStatus.Ok) Counters.Saves = LoopCounters.Added(Counters.Saves, 1);
        else Counters.FailedSaves = LoopCounters.Added(Counters.FailedSaves, 1);
    }
}
