namespace EdgeRnn.Simulator;

/// <summary>What a scenario's event does.</summary>
public enum ScenarioAction
{
    /// <summary>A setting of a source changes.</summary>
    Set,

    /// <summary>The sensor does not acknowledge transfers.</summary>
    NoAnswer,

    /// <summary>Reads of the sensor come short.</summary>
    ShortRead,

    /// <summary>The sensor is pulled off, and comes back as after power-up.</summary>
    Unplugged,

    /// <summary>A register reads as one value.</summary>
    StuckRegister,

    /// <summary>What an input measures is off by an amount, for a sample.</summary>
    Spike,

    /// <summary>What an input measures goes off, slowly.</summary>
    Drift,

    /// <summary>What an input measures stays what it was.</summary>
    Stuck,

    /// <summary>An input measures nothing.</summary>
    Dropout,

    /// <summary>The device is busy with something else.</summary>
    LateTicks,

    /// <summary>The device has no power.</summary>
    PowerLoss,

    /// <summary>The button is pressed.</summary>
    Press,
}

/// <summary>Something that happens in a scenario.</summary>
public sealed record ScenarioEvent
{
    /// <summary>When, in microseconds.</summary>
    public required long AtMicros { get; init; }

    /// <summary>What.</summary>
    public required ScenarioAction Action { get; init; }

    /// <summary>In a few words, as <c>machine.bearing to 1 over 30 s</c>.</summary>
    public required string Text { get; init; }

    /// <summary>How long it lasts; 0: for ever; of a press, until it is let go.</summary>
    public long ForMicros { get; init; }

    /// <summary>The source of a setting, or the sensor of a fault, counted from 0.</summary>
    public int Target { get; init; }

    /// <summary>The setting of a source, the input of a sensor, or its register.</summary>
    public int Index { get; init; }

    /// <summary>What a setting becomes, by how much an input is off, or what a register reads as.</summary>
    public double Value { get; init; }

    /// <summary>How long a setting or a drift takes to get there.</summary>
    public long OverMicros { get; init; }

    /// <summary>Transfers that fail, or ticks that go by; 0: all of them in its time.</summary>
    public int Count { get; init; }

    /// <summary>Whether the power fails in the middle of the next save of the state, and not at once.</summary>
    public bool IsDuringSave { get; init; }
}
