namespace EdgeRnn.Firmware;

/// <summary>What a loop has counted since it was made. Counts stop at the largest int. Written by the loop's thread alone.</summary>
public sealed class LoopCounters
{
    /// <summary>Turns.</summary>
    public int Turns { get; internal set; }

    /// <summary>Samples the network read.</summary>
    public int Samples { get; internal set; }

    /// <summary>Ticks without a sample: what stood for it was read.</summary>
    public int MissingSamples { get; internal set; }

    /// <summary>Turns that should have begun before the one that did.</summary>
    public int LateTicks { get; internal set; }

    /// <summary>Times the clock went backwards, or a turn came more than a minute late.</summary>
    public int ClockJumps { get; internal set; }

    /// <summary>Turns in which the sensor reported a fault.</summary>
    public int SensorFaults { get; internal set; }

    /// <summary>Times the sensor was started again.</summary>
    public int SensorRestarts { get; internal set; }

    /// <summary>Times the sensor lost samples because they were not taken in time.</summary>
    public int Overflows { get; internal set; }

    /// <summary>Turns in which an output could not be written, and those in which the button could not be read.</summary>
    public int OutputFaults { get; internal set; }

    /// <summary>Times the state was saved.</summary>
    public int Saves { get; internal set; }

    /// <summary>Times the state could not be saved.</summary>
    public int FailedSaves { get; internal set; }

    /// <summary>The longest step so far, network and detector, in microseconds.</summary>
    public int WorstStepMicros { get; internal set; }

    /// <summary>How late the latest turn began, in microseconds.</summary>
    public int WorstLateMicros { get; internal set; }

    internal static int Added(int count, int more) => count > int.MaxValue - more ? int.MaxValue : count + more;

    internal static int Larger(int most, long micros) => micros <= most ? most : micros > int.MaxValue ? int.MaxValue : (int)micros;
}
