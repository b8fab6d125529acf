namespace EdgeRnn.Firmware;

/// <summary>How a <see cref="SensorLoop"/> reads, steps and reports. Read when the loop is made, not kept.</summary>
public sealed class LoopSettings
{
    /// <summary>
    /// Microseconds from one sample to the next: the rate the network was trained for. 0: as the model's detector settings say
    /// (their PeriodMs).
    /// </summary>
    public int PeriodMicros { get; set; }

    /// <summary>
    /// Samples taken in one turn, at least 1. More than one needs a sensor that keeps samples
    /// (<see cref="Hardware.ISensor.SamplePeriodMicros"/>); then a turn that comes late loses nothing.
    /// </summary>
    public int SamplesPerTurn { get; set; } = 1;

    /// <summary>
    /// Which of the sensor's channels the network's inputs are, by number: [inputSize]; empty: the first ones, in their order.
    /// </summary>
    public int[] Channels { get; set; } = new int[0];

    /// <summary>Whether samples go to the network as whole numbers; the sensor and the model have to offer it.</summary>
    public bool UseCounts { get; set; }

    /// <summary>Microseconds from one report line to the next; 0: none.</summary>
    public int ReportMicros { get; set; } = 1_000_000;

    /// <summary>Turns in a row with a faulty sensor after which it is started again, and again after as many; at least 1.</summary>
    public int RestartTurns { get; set; } = 10;

    /// <summary>Microseconds from one save of the state to the next; 0: only when asked to.</summary>
    public long SaveMicros { get; set; }
}
