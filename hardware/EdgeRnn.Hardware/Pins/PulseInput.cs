namespace EdgeRnn.Hardware;

/// <summary>
/// A pin with one switched signal, as of a motion sensor or a button: its debounced pulses since the last read, and its level. Where the
/// pin tells of edges, no pulse is too short for the time between two reads. Belongs to one thread; edges come in on another.
/// </summary>
public sealed class PulseInput
{
    private readonly IDigitalInput _pin;
    private readonly IClock _clock;
    private readonly PulseCounter _counter;
    private readonly bool _isActiveLow;
    private bool _hasBegun;
    private bool _wasOther;

    /// <summary>An input; the pin is not touched.</summary>
    /// <param name="pin">The pin; not owned.</param>
    /// <param name="clock">The clock of the pin's edges.</param>
    /// <param name="windowMicros">As in <see cref="Debouncer(int)"/>.</param>
    /// <param name="isActiveLow">Whether a pulse is low, and the level between two is high.</param>
    public PulseInput(IDigitalInput pin, IClock clock, int windowMicros, bool isActiveLow)
    {
        _pin = pin;
        _clock = clock;
        _isActiveLow = isActiveLow;
        _counter = new PulseCounter(windowMicros, isActiveLow);
    }

    /// <summary>Pulses that came to count between the last two reads.</summary>
    public int Pulses => _counter.Pulses;

    /// <summary>Whether a pulse counted as going on at the last read.</summary>
    public bool IsActive { get; private set; }

    /// <summary>
    /// Whether the pin tells of edges, known after <see cref="Start"/>. Where it does not, it is looked at when it is read, and pulses in
    /// between are not seen.
    /// </summary>
    public bool HasEdges { get; private set; }

    /// <summary>Begins to listen, or, when that has been done, to count anew.</summary>
    /// <returns><see cref="BusStatus.Failed"/> where the pin cannot be read.</returns>
    public int Start()
    {
        int level = _pin.Read();
        if (level == PinLevel.Failed) return BusStatus.Failed;
        if (_hasBegun)
        {
            // What was counted while nobody read belongs to no sample.
            _counter.Look(_clock.NowMicros);
            return SensorStatus.Ok;
        }
        _counter.Begin(level == PinLevel.High, _clock.NowMicros);
        HasEdges = _pin.Listen(_counter);
        _hasBegun = true;
        return SensorStatus.Ok;
    }

    /// <summary>Sets the properties.</summary>
    /// <returns>A <see cref="SensorStatus"/>; <see cref="BusStatus.Failed"/> where the pin cannot be read: pulses stay for the next
    /// time.</returns>
    public int Read()
    {
        if (!_hasBegun) return SensorStatus.NotStarted;
        int level = _pin.Read();
        if (level == PinLevel.Failed) return BusStatus.Failed;
        bool isHigh = level == PinLevel.High;
        long now = _clock.NowMicros;
        if (!HasEdges && isHigh != _counter.IsRawHigh) _counter.OnEdge(isHigh, now);
        _counter.Look(now);
        IsActive = _counter.IsActive;
        if (HasEdges) Correct(isHigh);
        return SensorStatus.Ok;
    }

    // An edge may get lost, where many come at once. The pin is right where it says twice, with no edge in between, that the last
    // edge was not the last; once may be an edge that is on its way.
    private void Correct(bool isHigh)
    {
        bool isOther = isHigh != _counter.IsRawHigh;
        if (isOther && _wasOther && !_counter.HadEdge) IsActive = isHigh != _isActiveLow;
        _wasOther = isOther;
    }
}
