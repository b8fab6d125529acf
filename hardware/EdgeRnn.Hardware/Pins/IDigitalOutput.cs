namespace EdgeRnn.Hardware;

/// <summary>A pin that is written. Does not throw.</summary>
public interface IDigitalOutput
{
    /// <summary>
    /// Sets the level. Implementations write to the pin only where it changes, so that calling this at every step costs nothing.
    /// </summary>
    /// <param name="isHigh">The level.</param>
    /// <returns>A <see cref="BusStatus"/>.</returns>
    int Write(bool isHigh);
}
