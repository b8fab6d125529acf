namespace EdgeRnn.Hardware;

// How long the echo line was high after a pulse. Edges come in on a thread of their own. Pulses have numbers, so that the width that
// is given belongs to the pulse that is asked for.
internal sealed class EchoTimer : IEdgeListener
{
    public const int None = -1;

    private volatile int _pulse;
    private volatile int _answeredPulse;
    private volatile int _widthMicros;

    // Of the thread of the edges.
    private long _riseMicros;
    private int _risePulse;

    // From now on a rise belongs to a new pulse.
    public void Begin() => _pulse = (_pulse + 1) & 0x7FFFFFFF;

    // The width of the echo of the last pulse in microseconds, or None.
    public int Width() => _answeredPulse == _pulse ? _widthMicros : None;

    public void OnEdge(bool isHigh, long atMicros)
    {
        if (isHigh)
        {
            _riseMicros = atMicros;
            _risePulse = _pulse;
            return;
        }
        // A second fall, or a fall of which the rise was missed, measures nothing.
        if (_risePulse != _pulse || _answeredPulse == _risePulse) return;
        long width = atMicros - _riseMicros;
        _widthMicros = width > int.MaxValue ? int.MaxValue : width < 0 ? 0 : (int)width;
        _answeredPulse = _risePulse;
    }
}
