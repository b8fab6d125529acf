namespace EdgeRnn.Hardware;

/// <summary>How a <see cref="VibrationSwitch"/> is read. Read when the driver is made, not kept.</summary>
public sealed class VibrationSwitchSettings
{
    /// <summary>
    /// Microseconds a level must last to count, at least 0. The contact's bouncing is part of what is measured: a window as long as
    /// the contact stays open leaves nothing.
    /// </summary>
    public int DebounceMicros { get; set; } = 200;

    /// <summary>Whether the output is low while the contact is open, as on modules that turn it round.</summary>
    public bool IsActiveLow { get; set; }
}
