namespace EdgeRnn.Hardware;

/// <summary>Hears of a pin's edges.</summary>
public interface IEdgeListener
{
    /// <summary>An edge. Called on the thread of the pin's driver: short, without waiting, without throwing.</summary>
    /// <param name="isHigh">The level after it.</param>
    /// <param name="atMicros">When, on the clock of <see cref="IClock"/>.</param>
    void OnEdge(bool isHigh, long atMicros);
}
