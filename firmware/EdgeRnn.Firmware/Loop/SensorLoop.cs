using System;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware;

/// <summary>
/// The program of a device: at every tick a sample goes from the sensor into the detector and what comes of it to the outputs. All
/// memory is reserved at creation; a turn allocates nothing and throws nothing. The same on every device and in the simulator.
/// Belongs to one thread, but for <see cref="Stop"/> and <see cref="RequestSave"/>.
/// </summary>
/// <example>
/// <code>
/// SensorLoop loop = new SensorLoop(new Detector(model), sensor, clock, new LoopSettings { PeriodMicros = 10_000 });
/// loop.Alarm = new AlarmOutput(pin);
/// loop.Start();
/// loop.Run();
/// </code>
/// </example>
public sealed partial class SensorLoop
{
    private const long LargestGapMicros = 60_000_000;
    private const int MostLateTicks = 1 << 30;

    private readonly IClock _clock;
    private readonly SampleReader _reader;
    private readonly long _periodMicros;
    private readonly long _turnMicros;
    private readonly int _restartTurns;
    private readonly int _mostMissing;
    private long _due;
    private long _lastSample;
    private int _faultyTurns;
    private bool _isStopping; // by any thread; not volatile, which a device has not: the calls in a turn have it read anew

    /// <summary>A loop. Nothing is started.</summary>
    /// <param name="detector">Made for counts where <see cref="LoopSettings.UseCounts"/> is set; used by this loop alone.</param>
    /// <param name="sensor">Used by this loop alone.</param>
    /// <param name="clock">Time.</param>
    /// <param name="settings">Read here, not kept.</param>
    /// <exception cref="ArgumentException">A setting is out of its range or does not fit the sensor or the model.</exception>
    public SensorLoop(Detector detector, ISensor sensor, IClock clock, LoopSettings settings)
    {
        LoopChecks.Check(detector, sensor, settings);
        Detector = detector;
        Sensor = sensor;
        _clock = clock;
        _reader = new SampleReader(detector, sensor, settings);
        _periodMicros = LoopChecks.PeriodOf(detector, settings);
        _turnMicros = _periodMicros * settings.SamplesPerTurn;
        _restartTurns = settings.RestartTurns;
        _mostMissing = detector.MaxSubstituted + settings.SamplesPerTurn;
        _reportMicros = settings.ReportMicros;
        _saveMicros = settings.SaveMicros;
    }

    /// <summary>What judges the samples.</summary>
    public Detector Detector { get; }

    /// <summary>What gives them.</summary>
    public ISensor Sensor { get; }

    /// <summary>What the sensor said last: a <see cref="SensorStatus"/>.</summary>
    public int LastSensorStatus { get; private set; } = SensorStatus.NotStarted;

    /// <summary>What happened so far.</summary>
    public LoopCounters Counters { get; } = new LoopCounters();

    /// <summary>A number of the last sample, as the network took it.</summary>
    /// <param name="input">0 to the model's inputSize - 1.</param>
    public float Reading(int input) => _reader.ValueOf(input);

    /// <summary>When the turn that runs, or ran last, began, in microseconds of the clock.</summary>
    public long NowMicros { get; private set; }

    /// <summary>Hears of every step; null: nobody.</summary>
    public ILoopListener? Listener { get; set; }

    /// <summary>
    /// Starts the sensor; the first turn is due one turn's time later. Where the sensor does not start, the loop may run all the same:
    /// it tries again and again, and reports a sensor fault meanwhile.
    /// </summary>
    /// <returns>What the sensor says: a <see cref="SensorStatus"/>.</returns>
    public int Start()
    {
        TakeStatus(Sensor.Start());
        if (Button != null) Button.Start();
        NowMicros = _lastSample = _clock.NowMicros;
        _due = NowMicros + _turnMicros;
        _faultyTurns = 0;
        _reportDue = NowMicros + _reportMicros;
        _saveDue = NowMicros + _saveMicros;
        return LastSensorStatus;
    }

    /// <summary>Turns until <see cref="Stop"/>, then saves the state where there is a place for it.</summary>
    public void Run()
    {
        while (!_isStopping) Turn();
        if (State != null) Save();
    }

    /// <summary>Ends <see cref="Run"/> after the turn it is in. May be called on any thread.</summary>
    public void Stop() => _isStopping = true;

    /// <summary>Waits until the next turn is due and does its work.</summary>
    public void Turn()
    {
        FollowClock();
        _clock.SleepUntil(_due);
        int lateTicks = BeginTurn();
        if (lateTicks < 0) return;
        Counters.Turns = LoopCounters.Added(Counters.Turns, 1);
        if (Sensor.SamplePeriodMicros == 0) TurnMeasuring(lateTicks);
        else TurnDraining();
        if (SensorStatus.IsBusFault(LastSensorStatus) || IsLost(LastSensorStatus)) Restart();
        else _faultyTurns = 0;
        Act();
    }

    // A clock that went back would have us wait for as long as it went.
    private void FollowClock()
    {
        long now = _clock.NowMicros;
        if (now >= NowMicros) return;
        Counters.ClockJumps = LoopCounters.Added(Counters.ClockJumps, 1);
        NowMicros = _due = _lastSample = _reportDue = _saveDue = now;
    }

    // Turns that should have begun since the one due, and the next deadline; negative where none is due yet, because the clock was told
    // to wait no longer. Deadlines stay where they always were.
    private int BeginTurn()
    {
        long now = _clock.NowMicros;
        if (_isStopping || now < _due) return -1;
        NowMicros = now;
        long late = now - _due;
        if (late > LargestGapMicros) Counters.ClockJumps = LoopCounters.Added(Counters.ClockJumps, 1);
        Counters.WorstLateMicros = LoopCounters.Larger(Counters.WorstLateMicros, late);
        long ticks = late / _turnMicros;
        _due += _turnMicros * (ticks + 1);
        int lateTicks = ticks > MostLateTicks ? MostLateTicks : (int)ticks;
        Counters.LateTicks = LoopCounters.Added(Counters.LateTicks, lateTicks);
        return lateTicks;
    }

    // A sensor that measures when it is read: a tick that went by has no sample.
    private void TurnMeasuring(int lateTicks)
    {
        StepMissing(lateTicks);
        int status = _reader.Read();
        TakeStatus(status);
        if (status == SensorStatus.Ok) StepSample();
        else StepMissing(1);
    }

    // A sensor that measures by its own clock: whatever it has kept is taken, one turn more than it should have at the most.
    private void TurnDraining()
    {
        int taken = 0, status = SensorStatus.NoSample;
        for (int reads = 2 * (int)(_turnMicros / _periodMicros) + 1; reads > 0; reads--)
        {
            status = _reader.Read();
            if (status == SensorStatus.Ok)
            {
                StepSample();
                taken++;
            }
            else if (status == SensorStatus.Overflow)
            {
                Counters.Overflows = LoopCounters.Added(Counters.Overflows, 1);
                StepMissing(TicksSince(_lastSample));
            }
            else
            {
                break;
            }
        }
        TakeStatus(status == SensorStatus.NoSample && taken > 0 ? SensorStatus.Ok : status);
        // Its clock may be slower than ours: only a whole turn without any sample is a gap.
        if (taken == 0 && NowMicros - _lastSample >= 2 * _turnMicros) StepMissing(TicksSince(_lastSample));
    }

    private int TicksSince(long micros)
    {
        long ticks = (NowMicros - micros) / _periodMicros;
        return ticks > _mostMissing ? _mostMissing : (int)ticks;
    }

    private void StepSample()
    {
        if (Listener != null) Listener.BeforeStep(this);
        long began = _clock.NowMicros;
        _reader.Step();
        Counters.WorstStepMicros = LoopCounters.Larger(Counters.WorstStepMicros, _clock.NowMicros - began);
        Counters.Samples = LoopCounters.Added(Counters.Samples, 1);
        _lastSample = NowMicros;
        if (Watchdog != null) Watchdog.Feed();
        if (Listener != null) Listener.OnStep(this, true);
    }

    // After one more than may be substituted nothing changes until samples come again: a long gap costs no more than that.
    private void StepMissing(int ticks)
    {
        if (ticks <= 0) return;
        Counters.MissingSamples = LoopCounters.Added(Counters.MissingSamples, ticks);
        for (int i = ticks > _mostMissing ? _mostMissing : ticks; i > 0; i--)
        {
            Detector.StepMissing();
            if (Listener != null) Listener.OnStep(this, false);
        }
        _lastSample = NowMicros;
    }

    private void TakeStatus(int status)
    {
        bool isFault = status != SensorStatus.Ok && status != SensorStatus.NoSample;
        if (isFault) Counters.SensorFaults = LoopCounters.Added(Counters.SensorFaults, 1);
        if (status == LastSensorStatus) return;
        LastSensorStatus = status;
        if (Listener != null) Listener.OnSensor(this, status);
    }

    private static bool IsLost(int status) =>
        status == SensorStatus.NotStarted || status == SensorStatus.WrongDevice || status == SensorStatus.LostSettings;

    // A device that was away comes back as after power-up, and one whose bus hangs may come back as well. One that answers and has lost
    // its settings gets them at once, and then like the others.
    private void Restart()
    {
        bool isAtOnce = _faultyTurns++ == 0 && LastSensorStatus == SensorStatus.LostSettings;
        if (!isAtOnce && _faultyTurns < _restartTurns) return;
        if (!isAtOnce) _faultyTurns = 0;
        Counters.SensorRestarts = LoopCounters.Added(Counters.SensorRestarts, 1);
        TakeStatus(Sensor.Start());
        if (Sensor.SamplePeriodMicros == 0) return;
        // What the device had kept is gone.
        NowMicros = _clock.NowMicros;
        StepMissing(TicksSince(_lastSample));
    }
}
