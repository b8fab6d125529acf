using System.Threading;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// What the loop's thread tells the others, in slots made at creation: nothing is allocated and nobody is waited for. Written by that
/// thread, read by the threads of logs, of the health endpoint and of the stream.
/// </summary>
internal sealed class LoopWatch : ILoopListener
{
    private const int Slots = 256;

    private readonly ILoopListener? _next;
    private readonly IClock _clock;
    private readonly LoopEvent[] _events = new LoopEvent[Slots];
    private long _written;
    private long _taken;
    private long _lost;
    private long _lastSampleMicros = long.MinValue;
    private bool _wasAlarming;
    private int _isAlarming;

    /// <summary>A watch.</summary>
    /// <param name="detector">Whose alarms are told.</param>
    /// <param name="clock">The loop's clock.</param>
    /// <param name="steps">Receives every step.</param>
    /// <param name="next">Hears what this hears; null: nobody.</param>
    public LoopWatch(Detector detector, IClock clock, StepRing steps, ILoopListener? next)
    {
        Steps = steps;
        _next = next;
        _clock = clock;
        _wasAlarming = detector.IsAlarming;
        _isAlarming = _wasAlarming ? 1 : 0;
        for (int i = 0; i < Slots; i++) _events[i] = new LoopEvent(detector.ChannelCount);
    }

    /// <summary>The latest steps, for any thread.</summary>
    public StepRing Steps { get; }

    /// <summary>When the network last read a sample, in microseconds of the clock; the least long before the first one.</summary>
    public long LastSampleMicros => Volatile.Read(ref _lastSampleMicros);

    /// <summary>Whether there is an alarm.</summary>
    public bool IsAlarming => Volatile.Read(ref _isAlarming) != 0;

    /// <summary>Events that found no free slot.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <inheritdoc/>
    public void BeforeStep(SensorLoop loop) => _next?.BeforeStep(loop);

    /// <inheritdoc/>
    public void OnStep(SensorLoop loop, bool hasSample)
    {
        if (hasSample) Volatile.Write(ref _lastSampleMicros, _clock.NowMicros);
        Steps.Add(loop, hasSample);
        bool isAlarming = loop.Detector.IsAlarming;
        if (loop.Detector.AlarmBegan && _wasAlarming)
        {
            // Somebody acknowledged the one before, between two steps.
            Post(loop, LoopEventKind.AlarmEnded);
            _wasAlarming = false;
        }
        if (isAlarming != _wasAlarming)
        {
            _wasAlarming = isAlarming;
            Volatile.Write(ref _isAlarming, isAlarming ? 1 : 0);
            Post(loop, isAlarming ? LoopEventKind.AlarmBegan : LoopEventKind.AlarmEnded);
        }
        _next?.OnStep(loop, hasSample);
    }

    /// <inheritdoc/>
    public void OnSensor(SensorLoop loop, int status)
    {
        Post(loop, LoopEventKind.SensorStatus);
        _next?.OnSensor(loop, status);
    }

    /// <summary>
    /// The oldest event not taken yet, or null. For one thread at a time; what is returned is valid until <see cref="Release"/>.
    /// </summary>
    public LoopEvent? Peek() => _taken < Volatile.Read(ref _written) ? _events[_taken % Slots] : null;

    /// <summary>Frees the slot of the event that <see cref="Peek"/> gave.</summary>
    public void Release() => Volatile.Write(ref _taken, _taken + 1);

    private void Post(SensorLoop loop, LoopEventKind kind)
    {
        if (_written - Volatile.Read(ref _taken) >= Slots)
        {
            Volatile.Write(ref _lost, _lost + 1);
            return;
        }
        _events[_written % Slots].Fill(loop, kind, _clock.NowMicros);
        Volatile.Write(ref _written, _written + 1);
    }
}
