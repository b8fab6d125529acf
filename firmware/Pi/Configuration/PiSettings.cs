using System.Collections.Generic;
using System.Net;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Pi;

/// <summary>What a configuration file says; its keys, units and defaults are in firmware/Pi/README.md.</summary>
internal sealed record PiSettings
{
    /// <summary>The file's name, for messages.</summary>
    public required string File { get; init; }

    /// <summary>The model, as a whole path.</summary>
    public required string ModelPath { get; init; }

    /// <summary>The sensor and its own options.</summary>
    public required SensorOptions Sensor { get; init; }

    /// <summary>Names of the sensor's channels in the order of the network's inputs; empty: found by name.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Whether a channel's unit has to be the one the model's file names.</summary>
    public bool ChecksUnits { get; init; } = true;

    /// <summary>Samples a second; null: as the model or the sensor says.</summary>
    public double? RateHz { get; init; }

    /// <summary>Samples taken in one turn.</summary>
    public int SamplesPerTurn { get; init; } = 1;

    /// <summary>Whether samples go to the network as whole numbers.</summary>
    public bool UsesCounts { get; init; }

    /// <summary>The pin of the alarm; null: none.</summary>
    public PinChoice? Alarm { get; init; }

    /// <summary>The pin of the status light; null: none.</summary>
    public PinChoice? Led { get; init; }

    /// <summary>The pin of the buzzer; null: none.</summary>
    public PinChoice? Buzzer { get; init; }

    /// <summary>The pin of the button that acknowledges alarms; null: none.</summary>
    public PinChoice? Button { get; init; }

    /// <summary>Milliseconds from one line on standard output to the next; 0: none.</summary>
    public int ReportMs { get; init; }

    /// <summary>Where the state is kept; null: nowhere.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Seconds from one save of the state to the next; 0: only at the end.</summary>
    public int SaveSeconds { get; init; }

    /// <summary>Where health, metrics and the stream are served.</summary>
    public required IPEndPoint HealthAddress { get; init; }

    /// <summary>Seconds without a sample after which the service says that it is not healthy.</summary>
    public double SilenceSeconds { get; init; }

    /// <summary>Whether logs are JSON, a line each, and not the lines systemd's journal takes.</summary>
    public bool LogsJson { get; init; }
}

/// <summary>A pin.</summary>
/// <param name="Pin">Its number, as the processor counts.</param>
/// <param name="IsActiveLow">Whether the low level means on, or pressed.</param>
internal sealed record PinChoice(int Pin, bool IsActiveLow);
