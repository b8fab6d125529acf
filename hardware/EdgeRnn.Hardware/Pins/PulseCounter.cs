using System.Threading;

namespace EdgeRnn.Hardware;

/// <summary>
/// Counts debounced pulses between two looks at them. Edges come in on one thread, looks on another, and neither ever waits: the
/// thread of the edges writes what it knows into the next of a few places and then publishes its number, so that what is published
/// is whole. (A lock would be an object on the heap of a microcontroller, each time.)
/// </summary>
public sealed class PulseCounter : IEdgeListener
{
    private const int Places = 8, PlaceMask = Places - 1;
    private const int Tries = 4;

    // Of the thread of the edges.
    private readonly Debouncer _debouncer;
    private readonly bool _isActiveLow;
    private int _pulses;

    // What it publishes: place n is written again after n + 7 has been published.
    private readonly int[] _placedPulses = new int[Places];
    private readonly bool[] _placedLevel = new bool[Places];
    private readonly bool[] _placedRawLevel = new bool[Places];
    private readonly long[] _placedSince = new long[Places];
    private int _published;

    // Of the thread that looks.
    private int _takenPulses;
    private int _seenEdges;

    /// <summary>A counter; <see cref="Begin"/> comes before edges.</summary>
    /// <param name="windowMicros">As in <see cref="Debouncer(int)"/>.</param>
    /// <param name="isActiveLow">Whether a pulse is low, and the level between two is high.</param>
    public PulseCounter(int windowMicros, bool isActiveLow)
    {
        _debouncer = new Debouncer(windowMicros);
        _isActiveLow = isActiveLow;
    }

    /// <summary>Pulses that came to count between the last two looks.</summary>
    public int Pulses { get; private set; }

    /// <summary>Whether a pulse counted as going on at the last look.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether there was an edge between the last two looks.</summary>
    public bool HadEdge { get; private set; }

    /// <summary>The level behind the last edge, as of the last look.</summary>
    public bool IsRawHigh { get; private set; }

    /// <summary>Begins with a level. Called before anybody calls <see cref="OnEdge"/>.</summary>
    /// <param name="isHigh">The level.</param>
    /// <param name="atMicros">Now.</param>
    public void Begin(bool isHigh, long atMicros)
    {
        _debouncer.Begin(isHigh != _isActiveLow, atMicros);
        Publish();
        _seenEdges = _published;
        IsActive = _debouncer.IsHigh;
        IsRawHigh = isHigh;
    }

    /// <inheritdoc/>
    public void OnEdge(bool isHigh, long atMicros)
    {
        if (_debouncer.Edge(isHigh != _isActiveLow, atMicros) && _debouncer.IsHigh) _pulses++;
        Publish();
    }

    /// <summary>
    /// Looks: sets the properties. Called on one thread, which need not be that of the edges. Where edges come in so fast that
    /// nothing whole can be read, the properties stay, no pulse is reported, and the next look reports them all.
    /// </summary>
    /// <param name="nowMicros">Now.</param>
    public void Look(long nowMicros)
    {
        Pulses = 0;
        HadEdge = true;
        for (int i = 0; i < Tries; i++)
        {
            int edges = Published(), place = edges & PlaceMask;
            int pulses = _placedPulses[place];
            bool isActive = _placedLevel[place], isRawActive = _placedRawLevel[place];
            long since = _placedSince[place];
            if (Published() - edges >= PlaceMask) continue;
            // No edge will tell that the last level has lasted: time does.
            if (_debouncer.IsSettled(isActive, isRawActive, since, nowMicros))
            {
                isActive = isRawActive;
                if (isActive) pulses++;
            }
            Take(edges, pulses, isActive, isRawActive);
            return;
        }
    }

    // Counts wrap around, so that only their differences mean something. An edge that is told of late may take a pulse back; it is
    // not counted again then.
    private void Take(int edges, int pulses, bool isActive, bool isRawActive)
    {
        int more = pulses - _takenPulses;
        if (more > 0)
        {
            Pulses = more;
            _takenPulses = pulses;
        }
        IsActive = isActive;
        IsRawHigh = isRawActive != _isActiveLow;
        HadEdge = edges != _seenEdges;
        _seenEdges = edges;
    }

    private void Publish()
    {
        int next = _published + 1, place = next & PlaceMask;
        _placedPulses[place] = _pulses;
        _placedLevel[place] = _debouncer.IsHigh;
        _placedRawLevel[place] = _debouncer.IsRawHigh;
        _placedSince[place] = _debouncer.SinceMicros;
        Interlocked.Exchange(ref _published, next);
    }

    // With the barrier that keeps the reads around it in their order.
    private int Published() => Interlocked.CompareExchange(ref _published, 0, 0);
}
