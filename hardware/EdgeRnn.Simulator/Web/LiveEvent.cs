using System.Collections.Generic;

namespace EdgeRnn.Simulator;

/// <summary>Something that happened, for the page's log.</summary>
/// <param name="Seconds">When, in seconds of the device's time since the run began.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Text">In words a device developer understands: "Sensor mpu6050 does not answer".</param>
public sealed record LiveEvent(double Seconds, LiveEventKind Kind, string Text)
{
    /// <summary>Which channels caused it, the largest share first; empty where none did.</summary>
    public IReadOnlyList<LiveShare> Shares { get; init; } = [];
}

/// <summary>A channel's part in something.</summary>
/// <param name="Name">The channel's name.</param>
/// <param name="Percent">0 to 100.</param>
public sealed record LiveShare(string Name, int Percent);

/// <summary>Kinds of <see cref="LiveEvent"/>; frames have them in small letters with hyphens, as in `alarm-began`.</summary>
public enum LiveEventKind
{
    /// <summary>Anything else worth a line.</summary>
    Note = 0,

    /// <summary>An alarm began.</summary>
    AlarmBegan = 1,

    /// <summary>An alarm is over.</summary>
    AlarmEnded = 2,

    /// <summary>A sensor or a channel fails.</summary>
    SensorFault = 3,

    /// <summary>It is well again.</summary>
    SensorOk = 4,

    /// <summary>The scenario or a person broke something, or changed the world.</summary>
    Injected = 5,

    /// <summary>The device has no power.</summary>
    PowerLost = 6,

    /// <summary>The device starts.</summary>
    PowerBack = 7,

    /// <summary>The device has restored its saved state.</summary>
    StateRestored = 8,

    /// <summary>A pin has changed.</summary>
    Pin = 9,

    /// <summary>The scenario is over; its verdicts stand.</summary>
    Over = 10,
}
