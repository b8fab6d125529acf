using System.Collections.Generic;

namespace EdgeRnn.Simulator;

/// <summary>What a live page shows: told once at the start, and again after a restart.</summary>
public sealed record LiveDescription
{
    /// <summary>The page's heading.</summary>
    public required string Title { get; init; }

    /// <summary>Where the figures come from: "bearing.yaml, seed 1", "/dev/ttyUSB0".</summary>
    public required string Source { get; init; }

    /// <summary>True: computed, and the page says SIMULATED; false: a device, and it says LIVE.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>The channels, in the order of <see cref="LiveStep.Values"/>.</summary>
    public required IReadOnlyList<LiveChannel> Channels { get; init; }

    /// <summary>Samples a second; 0: not known.</summary>
    public double RateHz { get; init; }

    /// <summary>The recurrent layers, in the order of <see cref="LiveStep.Hidden"/>; none where the source does not tell.</summary>
    public IReadOnlyList<LiveLayer> HiddenLayers { get; init; } = [];

    /// <summary>What stands on the board, in the order of <see cref="LiveFeed.SetPins"/>.</summary>
    public IReadOnlyList<LivePin> Pins { get; init; } = [];

    /// <summary>What a person may break by a button.</summary>
    public IReadOnlyList<LiveChoice> Faults { get; init; } = [];

    /// <summary>Whether `pause` and `resume` are understood.</summary>
    public bool CanPause { get; init; }

    /// <summary>Whether `speed` is understood.</summary>
    public bool CanSetSpeed { get; init; }

    /// <summary>Whether `seed` and `restart` are understood.</summary>
    public bool CanSetSeed { get; init; }

    /// <summary>Whether `threshold` is understood.</summary>
    public bool CanSetThreshold { get; init; }

    /// <summary>Whether `acknowledge` is understood.</summary>
    public bool CanAcknowledge { get; init; }

    /// <summary>How long the run takes, in seconds of the device; 0: it has no end.</summary>
    public double DurationSeconds { get; init; }

    /// <summary>What the run's random values come from.</summary>
    public ulong Seed { get; init; }

    /// <summary>Units of all <see cref="HiddenLayers"/> together.</summary>
    public int HiddenUnits
    {
        get
        {
            int units = 0;
            foreach (LiveLayer layer in HiddenLayers) units += layer.Units;
            return units;
        }
    }
}

/// <summary>A channel of the sensor.</summary>
/// <param name="Name">As in the model: "ax".</param>
/// <param name="Unit">"m/s2"; empty where it has none or none is known.</param>
public sealed record LiveChannel(string Name, string Unit);

/// <summary>A recurrent layer whose state is shown.</summary>
/// <param name="Name">As in the model: "gru1".</param>
/// <param name="Units">At least 1.</param>
public sealed record LiveLayer(string Name, int Units);

/// <summary>Something on the board that is lit, sounds or is pressed.</summary>
/// <param name="Id">What frames and commands call it: "alarm".</param>
/// <param name="Name">What the page calls it: "Alarm".</param>
/// <param name="Kind">"led", "alarm", "buzzer" or "button".</param>
/// <param name="Number">The pin's number; negative: not known.</param>
public sealed record LivePin(string Id, string Name, string Kind, int Number);

/// <summary>Something a person may choose.</summary>
/// <param name="Id">What a command calls it.</param>
/// <param name="Label">What the page calls it: "Unplug sensor".</param>
public sealed record LiveChoice(string Id, string Label);
