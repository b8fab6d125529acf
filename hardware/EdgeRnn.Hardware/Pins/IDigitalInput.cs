namespace EdgeRnn.Hardware;

/// <summary>A pin that is read. Does not throw or allocate, but for what its implementation names where edges come in.</summary>
public interface IDigitalInput
{
    /// <summary>The level now: a <see cref="PinLevel"/>.</summary>
    int Read();

    /// <summary>
    /// Who hears of edges from now on; null: nobody. Where the pin cannot report edges, this gives false and nothing changes.
    /// </summary>
    /// <param name="listener">Called on another thread than the caller's, one edge at a time, in their order.</param>
    bool Listen(IEdgeListener? listener);
}
