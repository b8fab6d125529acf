namespace EdgeRnn.Hardware;

/// <summary>What reading a pin gives.</summary>
public static class PinLevel
{
    /// <summary>Near ground.</summary>
    public const int Low = 0;

    /// <summary>Near the supply.</summary>
    public const int High = 1;

    /// <summary>The pin could not be read: it is not open, or its driver failed.</summary>
    public const int Failed = -1;
}
