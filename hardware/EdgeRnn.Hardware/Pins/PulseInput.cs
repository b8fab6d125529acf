namespace EdgeRnn.Hardware;

// What sensors with one switched output have in common: a pin, its pulses since the last read, its level.
internal sealed class PulseInput
{
    private readonly IDigitalInput _pin;
    private readonly IClock _clock;
    private readonly PulseCounter _counter;
    private readonly bool _isActiveLow;
    private bool _hasBegun;
    private bool _wasOther;

    public PulseInput(IDigitalInput pin, IClock clock, int windowMicros, bool isActiveLow)
    {
        _pin = pin;
        _clock = clock;
        _isActiveLow = isActiveLow;
        _counter = new PulseCounter(windowMicros, isActiveLow);
    }

    public int Pulses => _counter.Pulses;

    public bool IsActive { get; private set; }

    // False where the pin tells of no edges: then it is looked at when it is read, and pulses in between are not seen.
    public bool HasEdges { get; private set; }

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
