using EdgeRnn.Hardware;

namespace EdgeRnn.Tests;

/// <summary>A pin that a test sets, and that tells of an edge only where the test says so. Allocates nothing.</summary>
internal sealed class SilentPin : IDigitalInput
{
    public int Level { get; set; }

    public bool HasEdges { get; set; } = true;

    public IEdgeListener? Listener { get; private set; }

    public int Read() => Level;

    public bool Listen(IEdgeListener? listener)
    {
        if (HasEdges) Listener = listener;
        return HasEdges;
    }

    /// <summary>The level changes, and the listener hears of it.</summary>
    public void Edge(bool isHigh, long atMicros)
    {
        Level = isHigh ? PinLevel.High : PinLevel.Low;
        Listener?.OnEdge(isHigh, atMicros);
    }
}
