using System;
using System.Globalization;

namespace EdgeRnn.Simulator;

// Where the run stands and how well it goes, told twenty and four times a second.
public sealed partial class LiveRun
{
    private const long HindranceMicros = 2_000_000;

    private long _measuredAt;
    private long _measuredDevice;
    private double _reachedSpeed;

    private void PublishIfDue()
    {
        long now = _clock.NowMicros;
        if (now < _publishDue) return;
        Publish();
    }

    private void Publish()
    {
        long now = _clock.NowMicros;
        _publishDue = now + PublishMicros;
        if (now >= _measureDue || _simulation.IsOver) Measure(now);
        Feed.SetRun(new LiveRunState
        {
            IsPaused = _isPaused,
            Speed = _pacer.Speed,
            NowSeconds = _simulation.NowMicros / 1e6,
            IsOver = _simulation.IsOver,
            Seed = _simulation.Seed,
            Hindrance = Hindrance(now),
            Verdicts = _simulation.Verdicts,
        });
    }

    private void Measure(long now)
    {
        long passed = now - _measuredAt;
        if (passed > 0) _reachedSpeed = Math.Max(0, _simulation.NowMicros - _measuredDevice) / (double)passed;
        (_measuredAt, _measuredDevice, _measureDue) = (now, _simulation.NowMicros, now + MeasureMicros);
        (double median, double p99, double bytes) = _observer.Times.Measure();
        SimulationTotals totals = _simulation.Totals;
        Feed.SetHealth(new LiveHealth
        {
            StepMedianMicros = median,
            StepP99Micros = p99,
            BytesPerStep = bytes,
            MissedDeadlines = totals.LateTicks,
            DroppedSamples = totals.Overflows,
            Samples = totals.Samples,
            MissingSamples = totals.MissingSamples,
            Restarts = totals.SensorRestarts,
            LatePaces = _pacer.LatePaces,
        });
    }

    private string? Hindrance(long now) => now - _pacer.LastLateMicros > HindranceMicros || _isPaused || _simulation.IsOver ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"this computer is too slow for x {_pacer.Speed:G4}: it reaches x {_reachedSpeed:G2}");
}
