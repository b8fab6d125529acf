namespace EdgeRnn.Simulator;

/// <summary>What kind of thing happened in a simulation.</summary>
public enum SimulationEventKind
{
    /// <summary>The device has alarmed.</summary>
    AlarmBegan,

    /// <summary>The alarm is over.</summary>
    AlarmEnded,

    /// <summary>The device says that its sensor, or a channel of it, is faulty.</summary>
    SensorFault,

    /// <summary>The device says that its sensor is well again.</summary>
    SensorOk,

    /// <summary>An event of the scenario, or one that a person asked for.</summary>
    Injected,

    /// <summary>What was injected for a time is over.</summary>
    Cleared,

    /// <summary>The device is without power.</summary>
    PowerLost,

    /// <summary>The device has power again, and starts.</summary>
    PowerBack,

    /// <summary>The device has found its saved state.</summary>
    StateRestored,

    /// <summary>The device learns anew: there is no saved state, or none of use.</summary>
    StateNotRestored,

    /// <summary>A pin has changed its level.</summary>
    Pin,
}

/// <summary>Something that happened in a simulation.</summary>
/// <param name="AtMicros">When, in microseconds of the scenario.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Text">What, in a few words; a pin's event: <c>pin 17 high: alarm on</c>.</param>
public sealed record SimulationEvent(long AtMicros, SimulationEventKind Kind, string Text);
