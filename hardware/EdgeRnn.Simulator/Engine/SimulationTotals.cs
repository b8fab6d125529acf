using EdgeRnn.Firmware;

namespace EdgeRnn.Simulator;

/// <summary>What a simulated device has counted, over all its starts.</summary>
public sealed class SimulationTotals
{
    private long _samples, _missing, _late, _restarts, _overflows; // of the starts before this one

    /// <summary>Samples the network read.</summary>
    public long Samples { get; private set; }

    /// <summary>Ticks without a sample.</summary>
    public long MissingSamples { get; private set; }

    /// <summary>Turns that should have begun before the one that did.</summary>
    public long LateTicks { get; private set; }

    /// <summary>Times the sensor was started again.</summary>
    public long SensorRestarts { get; private set; }

    /// <summary>Times the sensor lost samples because they were not taken in time.</summary>
    public long Overflows { get; private set; }

    /// <summary>How late the latest turn began, in microseconds of the device.</summary>
    public long WorstLateMicros { get; private set; }

    /// <summary>Alarms.</summary>
    public int Alarms { get; internal set; }

    /// <summary>Times the power failed.</summary>
    public int PowerLosses { get; private set; }

    internal void Take(LoopCounters counters)
    {
        Samples = _samples + counters.Samples;
        MissingSamples = _missing + counters.MissingSamples;
        LateTicks = _late + counters.LateTicks;
        SensorRestarts = _restarts + counters.SensorRestarts;
        Overflows = _overflows + counters.Overflows;
        if (counters.WorstLateMicros > WorstLateMicros) WorstLateMicros = counters.WorstLateMicros;
    }

    // The power has failed: the next counters begin at 0.
    internal void End(LoopCounters counters)
    {
        Take(counters);
        (_samples, _missing, _late, _restarts, _overflows) = (Samples, MissingSamples, LateTicks, SensorRestarts, Overflows);
        PowerLosses++;
    }
}
