namespace EdgeRnn.Runtime;

/// <summary>What is wrong with the sample of a channel. The numbers are stable: devices report them.</summary>
public enum SensorFaultKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Not a number.</summary>
    NotANumber = 1,

    /// <summary>Infinite.</summary>
    Infinite = 2,

    /// <summary>Below or above what the sensor can give.</summary>
    OutOfRange = 3,

    /// <summary>The very same reading for longer than a live sensor gives it.</summary>
    Stuck = 4,

    /// <summary>Readings that move less than the sensor's own noise.</summary>
    FlatLine = 5,

    /// <summary>One sample far from its neighbours; it is held back for one tick, and a second one like it is believed.</summary>
    Spike = 6,

    /// <summary>The sensor gave no sample at this tick.</summary>
    Dropout = 7,

    /// <summary>The sample came too late to be the one of its tick.</summary>
    Late = 8,
}
