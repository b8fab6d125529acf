using System.Threading;

namespace EdgeRnn.Hardware;

// How long the echo line was high after a pulse. Edges come in on a thread of their own. Pulses have numbers, so that the width that
// is given belongs to the pulse that is asked for.
internal sealed class EchoTimer : IEdgeListener
{
    public const int None = -1;

    // Both are read and written with a barrier: the width counts once its pulse has been said to be answered.
    private int _pulse;
    private int _answeredPulse;
    private int _widthMicros;

    // Of the thread of the edges.
    private long _riseMicros;
    private int _risePulse;

    // From now on a rise belongs to a new pulse.
    public void Begin() => Interlocked.Exchange(ref _pulse, (_pulse + 1) & 0x7FFFFFFF);

    // The width of the echo of the last pulse in microseconds, or None.
    public int Width() => Interlocked.CompareExchange(ref _answeredPulse, 0, 0) == _pulse ? _widthMicros : None;

    public void OnEdge(bool isHigh, long atMicros)
    {
        int pulse = Interlocked.CompareExchange(ref _pulse, 0, 0);
        if (isHigh)
        {
            _riseMicros = atMicros;
            _risePulse = pulse;
            return;
        }
        // A second fall, or a fall of which the rise was missed, measures nothing.
        if (_risePulse != pulse || _answeredPulse == pulse) return;
        long width = atMicros - _riseMicros;
        _widthMicros = width > int.MaxValue ? int.MaxValue : width < 0 ? 0 : (int)width;
        Interlocked.Exchange(ref _answeredPulse, pulse);
    }
}
