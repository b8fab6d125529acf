using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware;

/// <summary>
/// The program of a device that collects data: every sample of its sensor becomes a line, and so does every tick without one, so that
/// rows stay as far apart as the samples. Needs no model. All memory is reserved at creation; a turn allocates nothing but what
/// <see cref="SampleLine"/> names, and throws nothing. Belongs to one thread, but for <see cref="Stop"/>.
/// </summary>
public sealed class RecordLoop
{
    private const int MostMissingLines = 100; // of one gap; those beyond are counted
    private const int RestartTurns = 10;

    private readonly ISensor _sensor;
    private readonly IClock _clock;
    private readonly SampleLine _line;
    private readonly long _periodMicros;
    private readonly long _turnMicros;
    private readonly int _samplesPerTurn;
    private readonly float[] _values;
    private long _due;
    private long _lastTaken;
    private long _ticks; // with a sample or without one
    private long _wanted = long.MaxValue;
    private int _emptyTurns;
    private bool _isStopping; // by any thread; not volatile, as in SensorLoop

    /// <summary>A loop. Nothing is started.</summary>
    /// <param name="sensor">Used by this loop alone.</param>
    /// <param name="clock">Time.</param>
    /// <param name="line">Takes the samples.</param>
    /// <param name="periodMicros">Microseconds from one sample to the next; where the sensor measures by its own clock, its period.</param>
    /// <param name="samplesPerTurn">Samples taken in one turn; more than 1 only where the sensor keeps them.</param>
    /// <exception cref="ArgumentException">A number is out of its range, or does not fit the sensor.</exception>
    public RecordLoop(ISensor sensor, IClock clock, SampleLine line, int periodMicros, int samplesPerTurn)
    {
        Require(periodMicros > 0 && (sensor.SamplePeriodMicros == 0 || sensor.SamplePeriodMicros == periodMicros),
            "periodMicros: expected " + (sensor.SamplePeriodMicros == 0 ? "above 0" : sensor.SamplePeriodMicros.ToString()), periodMicros);
        Require(samplesPerTurn >= 1 && (samplesPerTurn == 1 || sensor.SamplePeriodMicros > 0),
            "samplesPerTurn: expected " + (sensor.SamplePeriodMicros > 0 ? "1 or more" : "1"), samplesPerTurn);
        _sensor = sensor;
        _clock = clock;
        _line = line;
        _periodMicros = periodMicros;
        _samplesPerTurn = samplesPerTurn;
        _turnMicros = _periodMicros * samplesPerTurn;
        _values = new float[sensor.ChannelCount];
    }

    /// <summary>Samples that became a line.</summary>
    public int Samples { get; private set; }

    /// <summary>Ticks without a sample.</summary>
    public int MissingSamples { get; private set; }

    /// <summary>What the sensor said last: a <see cref="SensorStatus"/>.</summary>
    public int LastSensorStatus { get; private set; } = SensorStatus.NotStarted;

    /// <summary>Starts the sensor; the loop may run where it does not start, and tries again.</summary>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Start()
    {
        LastSensorStatus = _sensor.Start();
        _lastTaken = _clock.NowMicros;
        _due = _lastTaken + _turnMicros;
        return LastSensorStatus;
    }

    /// <summary>Turns until <see cref="Stop"/>, or until so many ticks have passed.</summary>
    /// <param name="ticks">Samples and missing ones together; 0: no end.</param>
    public void Run(long ticks)
    {
        _wanted = ticks == 0 ? long.MaxValue : ticks;
        while (!_isStopping && _ticks < _wanted) Turn();
    }

    /// <summary>Ends <see cref="Run"/> after the turn it is in. May be called on any thread.</summary>
    public void Stop() => _isStopping = true;

    /// <summary>Waits until the next turn is due and writes its lines.</summary>
    public void Turn()
    {
        _clock.SleepUntil(_due);
        if (_isStopping) return;
        int before = Samples;
        if (_sensor.SamplePeriodMicros == 0) Measure();
        else Drain();
        if (Samples > before) _emptyTurns = 0;
        else if (++_emptyTurns >= RestartTurns)
        {
            _emptyTurns = 0;
            LastSensorStatus = _sensor.Start();
        }
    }

    private void Measure()
    {
        long late = _clock.NowMicros - _due;
        if (late >= _periodMicros)
        {
            WriteMissing(late / _periodMicros);
            _due += _periodMicros * (late / _periodMicros);
        }
        _due += _periodMicros;
        if (_ticks < _wanted && Take() != SensorStatus.Ok) WriteMissing(1);
    }

    private void Drain()
    {
        // Turns that should have begun before this one would find nothing: it takes what they left.
        _due += _turnMicros * ((_clock.NowMicros - _due) / _turnMicros + 1);
        int taken = 0, most = 2 * _samplesPerTurn + 1;
        while (taken < most && _ticks < _wanted)
        {
            int status = Take();
            if (status == SensorStatus.Overflow) WriteMissing(TicksSince());
            else if (status == SensorStatus.Ok) taken++;
            else break;
        }
        // Its clock may be slower than ours: only more than a turn without any sample is a gap.
        if (taken == 0 && TicksSince() >= 2 * _samplesPerTurn) WriteMissing(TicksSince());
    }

    private int Take()
    {
        LastSensorStatus = _sensor.Read(_values, 0);
        if (LastSensorStatus != SensorStatus.Ok) return LastSensorStatus;
        _lastTaken = _clock.NowMicros;
        _line.Write(_values, 0, _ticks * _periodMicros);
        _ticks++;
        if (Samples < int.MaxValue) Samples++;
        return LastSensorStatus;
    }

    private long TicksSince() => (_clock.NowMicros - _lastTaken) / _periodMicros;

    private void WriteMissing(long ticks)
    {
        if (ticks > _wanted - _ticks) ticks = _wanted - _ticks;
        if (ticks <= 0) return;
        for (long i = 0; i < ticks && i < MostMissingLines; i++) _line.WriteMissing((_ticks + i) * _periodMicros);
        _lastTaken = _clock.NowMicros;
        _ticks += ticks;
        MissingSamples = ticks > int.MaxValue - MissingSamples ? int.MaxValue : MissingSamples + (int)ticks;
    }

    private static void Require(bool holds, string expected, int found)
    {
        if (!holds) throw new ArgumentException("RecordLoop: " + expected + ", found " + found.ToString());
    }
}
