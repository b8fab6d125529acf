using System;
using System.Threading;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// The latest steps of the loop, for whoever follows them: a fixed number of slots that the loop's thread writes one after the other,
/// without allocating and without looking who reads. A reader copies a slot and then looks whether it was written meanwhile; one that is
/// too slow misses steps.
/// </summary>
internal sealed class StepRing
{
    /// <summary>Steps that are kept: a power of two; at 500 samples a second two seconds.</summary>
    public const int Slots = 1024;

    private const double MicrosPerSecond = 1e6;

    private readonly StreamStep[] _steps = new StreamStep[Slots];
    private readonly InputShares _shares;
    private readonly long _periodMicros;
    private readonly long _slackMicros;
    private long _published;
    private long _originMicros;
    private long _lastMicros;

    /// <summary>A ring.</summary>
    /// <param name="detector">Whose steps it keeps; it has the settings of its model's file.</param>
    /// <param name="periodMicros">From one sample to the next.</param>
    /// <param name="turnMicros">From one turn of the loop to the next.</param>
    public StepRing(Detector detector, long periodMicros, long turnMicros)
    {
        _shares = new InputShares(detector, detector.Model.Detector!);
        _periodMicros = periodMicros;
        _slackMicros = 2 * turnMicros + periodMicros;
        for (int i = 0; i < Slots; i++) _steps[i] = new StreamStep(detector.Model.InputSize);
    }

    /// <summary>Steps so far; the next one has this number.</summary>
    public long Count => Volatile.Read(ref _published);

    /// <summary>Adds a step; only on the loop's thread.</summary>
    public void Add(SensorLoop loop, bool hasSample)
    {
        Detector detector = loop.Detector;
        StreamStep step = _steps[_published & (Slots - 1)];
        step.Seconds = SecondsOf(loop.NowMicros);
        for (int i = 0; i < step.Values.Length; i++)
        {
            step.Values[i] = hasSample ? loop.Reading(i) : float.NaN;
            step.Faults[i] = (int)detector.FaultOf(i);
        }
        step.Score = detector.HasScore ? detector.Score : float.NaN;
        step.Threshold = detector.ThresholdBits > 0 ? detector.Threshold : float.NaN;
        step.State = (int)detector.State;
        step.IsAlarming = detector.IsAlarming;
        step.SensorStatus = loop.LastSensorStatus;
        _shares.CopyTo(step.Shares);
        // A whole barrier: the next step's first number may not be seen before this one's place is known.
        Interlocked.Exchange(ref _published, _published + 1);
    }

    /// <summary>Copies a step. May be called on any thread.</summary>
    /// <param name="number">0 to <see cref="Count"/> - 1.</param>
    /// <param name="step">Receives it; worth nothing where false comes back.</param>
    /// <returns>Whether it was still there.</returns>
    public bool TryCopy(long number, StreamStep step)
    {
        step.CopyFrom(_steps[number & (Slots - 1)]);
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _published) - number < Slots;
    }

    // The samples that one turn takes of a sensor that keeps them come at one time, and were measured a period apart.
    private double SecondsOf(long nowMicros)
    {
        if (_published == 0) _originMicros = _lastMicros = nowMicros;
        long next = _lastMicros + _periodMicros;
        if (_published == 0 || Math.Abs(nowMicros - next) > _slackMicros)
        {
            if (nowMicros < _lastMicros) _originMicros -= _lastMicros - nowMicros; // the clock went back
            next = nowMicros;
        }
        _lastMicros = next;
        return (next - _originMicros) / MicrosPerSecond;
    }
}
