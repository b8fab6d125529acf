namespace EdgeRnn.Hardware;

/// <summary>
/// Restarts the program, or the device, when nobody has fed it for a time its owner chose. Does not throw or allocate.
/// </summary>
public interface IWatchdog
{
    /// <summary>Says that the program does its work. Implementations may pass on one call of many.</summary>
    void Feed();
}
