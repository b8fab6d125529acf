using System.Collections.Generic;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>A pin that remembers when it changed. A device's program writes it, or what is outside drives it, or both.</summary>
/// <param name="clock">Says when.</param>
public sealed class VirtualPin(IClock clock) : IDigitalInput, IDigitalOutput
{
    private readonly List<(long AtMicros, bool IsHigh)> _edges = [];
    private IEdgeListener? _listener;

    /// <summary>The level now.</summary>
    public bool IsHigh { get; private set; }

    /// <summary>Whether the pin's driver fails.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Every change so far, while <see cref="KeepsEdges"/>.</summary>
    public IReadOnlyList<(long AtMicros, bool IsHigh)> Edges => _edges;

    /// <summary>Whether changes are kept, which takes memory as long as it runs.</summary>
    public bool KeepsEdges { get; set; } = true;

    /// <summary>Whether the pin was ever driven to another level.</summary>
    internal bool HasChanged { get; private set; }

    /// <summary>Drives the pin from outside.</summary>
    /// <param name="isHigh">The level.</param>
    public void Drive(bool isHigh)
    {
        if (isHigh == IsHigh) return;
        IsHigh = isHigh;
        HasChanged = true;
        if (KeepsEdges) _edges.Add((clock.NowMicros, isHigh));
        _listener?.OnEdge(isHigh, clock.NowMicros);
    }

    /// <inheritdoc/>
    public int Read() => IsBroken ? PinLevel.Failed : IsHigh ? PinLevel.High : PinLevel.Low;

    /// <inheritdoc/>
    public bool Listen(IEdgeListener? listener)
    {
        _listener = listener;
        return true;
    }

    /// <inheritdoc/>
    public int Write(bool isHigh)
    {
        if (IsBroken) return BusStatus.Failed;
        Drive(isHigh);
        return BusStatus.Ok;
    }
}
