namespace EdgeRnn.Runtime;

/// <summary>
/// Looks at every sample before the network does, and says which channels cannot be used and for how long that has been so. Integers
/// only; see <see cref="ReadingScale"/>.
/// </summary>
internal sealed class SensorGuard
{
    private const int PerChannel = 2; // what is wrong now, and for how many samples in a row

    private readonly DetectorMemory _memory;
    private readonly int _channels;
    private readonly int _at;
    private readonly long[] _lowest;
    private readonly long[] _highest;
    private readonly StuckCheck? _stuck;
    private readonly FlatCheck? _flat;
    private readonly SpikeCheck? _spike;
    private readonly int _maxSubstituted;

    /// <param name="memory">Receives two ints a channel and what the checks need that are asked for.</param>
    /// <param name="settings">Checked settings.</param>
    /// <param name="channels">Input channels.</param>
    /// <param name="scale">Makes whole numbers of readings.</param>
    public SensorGuard(DetectorMemory memory, SensorSettings settings, int channels, ReadingScale scale)
    {
        _memory = memory;
        _channels = channels;
        _maxSubstituted = settings.MaxSubstituted;
        _at = memory.Reserve(PerChannel * channels);
        _lowest = new long[channels];
        _highest = new long[channels];
        for (int i = 0; i < channels; i++)
        {
            long lowest = settings.Lowest.Length == 0 ? -ReadingScale.Largest : scale.AtLeast(i, settings.Lowest[i]);
            long highest = settings.Highest.Length == 0 ? ReadingScale.Largest : scale.Of(i, settings.Highest[i]);
            _lowest[i] = lowest < -ReadingScale.Largest ? -ReadingScale.Largest : lowest;
            _highest[i] = highest > ReadingScale.Largest ? ReadingScale.Largest : highest;
        }
        if (settings.StuckSteps.Length != 0) _stuck = new StuckCheck(memory, settings.StuckSteps);
        if (settings.FlatSteps != 0) _flat = new FlatCheck(memory, settings.FlatSteps, Distances(settings.FlatRange, scale));
        if (settings.SpikeStep.Length != 0)
        {
            long[] steps = Distances(settings.SpikeStep, scale);
            for (int i = 0; i < steps.Length; i++) steps[i] = settings.SpikeStep[i] == 0 ? -1 : steps[i];
            _spike = new SpikeCheck(memory, steps);
        }
    }

    /// <summary>Whether any channel cannot be used now.</summary>
    public bool IsAnyFaulty
    {
        get
        {
            for (int i = 0; i < _channels; i++)
            {
                if (_memory.Ints[_at + PerChannel * i] != 0) return true;
            }
            return false;
        }
    }

    /// <summary>Whether any channel has been unusable for longer than it may be substituted.</summary>
    public bool IsAnyLost
    {
        get
        {
            for (int i = 0; i < _channels; i++)
            {
                if (_memory.Ints[_at + PerChannel * i + 1] > _maxSubstituted) return true;
            }
            return false;
        }
    }

    /// <summary>
    /// Whether the network has to settle once the channels are sound again. A single reading held back as a spike is no reason: what stood for
    /// it was one step old, and a change of level, which looks like a spike first, is to be judged as soon as it is believed.
    /// </summary>
    public bool HasToSettle
    {
        get
        {
            for (int i = 0; i < _channels; i++)
            {
                SensorFaultKind kind = FaultOf(i);
                if (kind != SensorFaultKind.None && (kind != SensorFaultKind.Spike || FaultSteps(i) > 1)) return true;
            }
            return false;
        }
    }

    /// <summary>
    /// Whether any channel may be found faulty before long, and have been so for a while: what is unusual now may be that.
    /// </summary>
    public bool IsAnyInDoubt
    {
        get
        {
            for (int i = 0; i < _channels; i++)
            {
                if ((_stuck != null && _stuck.IsInDoubt(i)) || (_flat != null && _flat.IsInDoubt(i))) return true;
            }
            return false;
        }
    }

    /// <summary>What is wrong with a channel now.</summary>
    public SensorFaultKind FaultOf(int channel) => (SensorFaultKind)_memory.Ints[_at + PerChannel * channel];

    /// <summary>For how many samples in a row a channel has been unusable.</summary>
    public int FaultSteps(int channel) => _memory.Ints[_at + PerChannel * channel + 1];

    /// <summary>Takes a channel's sample.</summary>
    /// <param name="channel">Which.</param>
    /// <param name="reading">The reading; not looked at where something is wrong with it already.</param>
    /// <param name="kind">What is wrong with it already.</param>
    /// <returns>Whether it can be used.</returns>
    public bool Accepts(int channel, long reading, SensorFaultKind kind)
    {
        if (kind == SensorFaultKind.None) kind = Judge(channel, reading);
        int at = _at + PerChannel * channel;
        int[] ints = _memory.Ints;
        ints[at] = (int)kind;
        ints[at + 1] = kind == SensorFaultKind.None ? 0 : ints[at + 1] + (ints[at + 1] <= _maxSubstituted ? 1 : 0);
        return kind == SensorFaultKind.None;
    }

    /// <summary>Whether what was restored can have been saved.</summary>
    public bool IsSound()
    {
        for (int i = 0; i < _channels; i++)
        {
            int kind = _memory.Ints[_at + PerChannel * i], steps = _memory.Ints[_at + PerChannel * i + 1];
            if (kind < 0 || kind > (int)SensorFaultKind.Late || steps < 0 || steps > _maxSubstituted + 1 || (kind == 0) != (steps == 0))
                return false;
        }
        return (_stuck == null || _stuck.IsSound()) && (_flat == null || _flat.IsSound()) && (_spike == null || _spike.IsSound());
    }

    // Every check sees every reading that can be compared, or a run would be counted with holes.
    private SensorFaultKind Judge(int channel, long reading)
    {
        bool isOutside = reading < _lowest[channel] || reading > _highest[channel];
        bool isStuck = _stuck != null && _stuck.Fails(channel, reading);
        bool isFlat = _flat != null && _flat.Fails(channel, reading);
        if (isOutside) return SensorFaultKind.OutOfRange;
        if (isStuck) return SensorFaultKind.Stuck;
        if (isFlat) return SensorFaultKind.FlatLine;
        return _spike != null && _spike.Fails(channel, reading) ? SensorFaultKind.Spike : SensorFaultKind.None;
    }

    private long[] Distances(float[] distances, ReadingScale scale)
    {
        long[] whole = new long[_channels];
        for (int i = 0; i < whole.Length; i++) whole[i] = scale.Distance(i, distances[i]);
        return whole;
    }
}
