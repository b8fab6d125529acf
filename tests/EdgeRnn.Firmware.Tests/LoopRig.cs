using System.Collections.Generic;
using System.Text;
using EdgeRnn.Firmware;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;
using EdgeRnn.Tests.Detection;

namespace EdgeRnn.Tests;

/// <summary>A loop over a scripted sensor, with every part it can have, on a clock that a test moves.</summary>
internal sealed class LoopRig : ILoopListener, IReportSink, IWatchdog
{
    public const int PeriodMicros = 100_000;

    private readonly SimulatedBoard _board = new();
    private short[][] _signal = [];
    private int _next;
    private int _strange;

    public LoopRig(string way = WatchedStream.Counts, int samplesPerTurn = 1, IStorage? storage = null, IClock? clock = null, int restartTurns = 10,
        DetectorSettings? settings = null)
    {
        Sensor = new ScriptedSensor(3, samplesPerTurn == 1 ? 0 : PeriodMicros);
        Detector = WatchedStream.Detector(way, settings);
        LoopSettings loopSettings = new()
        {
            UseCounts = way == WatchedStream.Counts,
            SamplesPerTurn = samplesPerTurn,
            RestartTurns = restartTurns,
        };
        Loop = new SensorLoop(Detector, Sensor, clock ?? Clock, loopSettings)
        {
            Alarm = new AlarmOutput(AlarmPin),
            Led = new StatusLed(LedPin),
            Buzzer = new Buzzer(BuzzerPin),
            Button = new AcknowledgeButton(ButtonPin, clock ?? Clock),
            Report = new ReportLine(this),
            Watchdog = this,
            Listener = this,
            State = storage == null ? null : new StateKeeper(Detector, storage, 0),
        };
    }

    public ScriptedSensor Sensor { get; }

    public Detector Detector { get; }

    public SensorLoop Loop { get; }

    public VirtualClock Clock => _board.Time;

    public VirtualPin AlarmPin => _board.Pin(1);

    public VirtualPin LedPin => _board.Pin(2);

    public VirtualPin BuzzerPin => _board.Pin(3);

    public VirtualPin ButtonPin => _board.Pin(4);

    public int Feeds { get; private set; }

    public int SamplesAnnounced { get; private set; }

    public List<string> Lines { get; } = [];

    public List<int> SensorStatuses { get; } = [];

    /// <summary>Everything that a step left behind, one line each.</summary>
    public List<string> Trace { get; } = [];

    /// <summary>Puts the next samples of the machine running into the sensor, and starts the loop at the first call.</summary>
    public void Feed(int samples)
    {
        if (_signal.Length == 0) _signal = WatchedStream.Signal(20_000);
        for (int i = 0; i < samples; i++) Sensor.Samples.Enqueue(_signal[_next++]);
    }

    /// <summary>Samples the sensor would have given meanwhile, which nobody will see.</summary>
    public void Lose(int samples) => _next += samples;

    public void Start() => Loop.Start();

    public void Turn(int turns = 1)
    {
        for (int i = 0; i < turns; i++) Loop.Turn();
    }

    /// <summary>Turns with a sample each until the detector watches.</summary>
    public void MakeReady()
    {
        Start();
        Feed(WatchedStream.ReadyAt + 20);
        Turn(WatchedStream.ReadyAt + 20);
        Assert.Equal(DetectorState.Ready, Detector.State);
    }

    /// <summary>Turns with readings of another machine, within their limits: each follows none of the network's expectations.</summary>
    public void TurnStrange(int turns = 1)
    {
        for (int i = 0; i < turns; i++)
        {
            Sensor.Samples.Enqueue(_strange++ % 2 == 0 ? [310, -2700, 45] : [690, -1300, 135]);
            Turn();
        }
    }

    public void BeforeStep(SensorLoop loop) => SamplesAnnounced++;

    public void OnStep(SensorLoop loop, bool hasSample) =>
        Trace.Add($"{loop.NowMicros} {(hasSample ? "sample" : "missing")} {Detector.State} {Detector.ScoreBits} {Detector.IsAlarming}");

    public void OnSensor(SensorLoop loop, int status) => SensorStatuses.Add(status);

    public void Write(byte[] text, int count) => Lines.Add(Encoding.ASCII.GetString(text, 0, count));

    void IWatchdog.Feed() => Feeds++;
}
