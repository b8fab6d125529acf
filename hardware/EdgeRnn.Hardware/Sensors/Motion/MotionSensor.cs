namespace EdgeRnn.Hardware;

/// <summary>
/// What sensors of motion have in common: every channel is a 16-bit count, the device measures by its own clock, and keeps samples in
/// a FIFO where its settings say so. Reads drain the FIFO into a buffer of the sensor's own and hand out its oldest sample. Reserves
/// all memory at creation.
/// </summary>
/// <remarks>
/// A FIFO that is full counts as overflowed: devices do not tell a full one from one that has lost samples. After a read of the FIFO
/// that broke off, nobody knows where the next sample begins: the FIFO is emptied, and that is reported as an overflow too. A device
/// that did not acknowledge has given nothing away; it is simply read again.
/// </remarks>
public abstract partial class MotionSensor : ISensor
{
    internal const double StandardGravity = 9.80665; // m/s2

    private readonly IClock _clock;
    private readonly string[] _names;
    private readonly string[] _units;
    private readonly float[] _scales;
    private readonly float[] _offsets;
    private int _channelsAdded;
    private int _taken;
    private int _heldStatus;
    private bool _isStarted;

    private protected MotionSensor(string name, IRegisterBus bus, IClock clock, MotionSettings settings, int channelCount, int mostDrained,
        int longestTransfer)
    {
        Name = name;
        _clock = clock;
        PeriodMicros = settings.PeriodMicros;
        SamplePeriodMicros = settings.UseFifo ? settings.PeriodMicros : 0;
        Port = new RegisterPort(bus, longestTransfer);
        Counts = new short[mostDrained * channelCount];
        _names = new string[channelCount];
        _units = new string[channelCount];
        _scales = new float[channelCount];
        _offsets = new float[channelCount];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int ChannelCount => _names.Length;

    /// <inheritdoc/>
    public int SamplePeriodMicros { get; }

    /// <inheritdoc/>
    public bool HasCounts => true;

    /// <inheritdoc/>
    public string ChannelName(int channel) => _names[channel];

    /// <inheritdoc/>
    public string ChannelUnit(int channel) => _units[channel];

    /// <summary>
    /// A channel's unit per count: <see cref="Read"/> gives the count times this plus <see cref="CountOffset"/>, in single precision.
    /// </summary>
    /// <param name="channel">0 to <see cref="ChannelCount"/> - 1.</param>
    public float CountScale(int channel) => _scales[channel];

    /// <summary>What a channel measures at count 0, in its unit: 0 but for temperatures.</summary>
    /// <param name="channel">0 to <see cref="ChannelCount"/> - 1.</param>
    public float CountOffset(int channel) => _offsets[channel];

    /// <inheritdoc/>
    public int Start()
    {
        _isStarted = false;
        Forget();
        int status = Configure();
        if (status == SensorStatus.Ok && IsUsingFifo) status = EmptyFifo();
        if (status != SensorStatus.Ok) return status;
        BeginWatch(_clock.NowMicros);
        _isStarted = true;
        return status;
    }

    /// <inheritdoc/>
    public int Read(float[] values, int offset)
    {
        int status = Take();
        if (status != SensorStatus.Ok) return status;
        int at = (_taken - 1) * _scales.Length;
        for (int i = 0; i < _scales.Length; i++) values[offset + i] = Counts[at + i] * _scales[i] + _offsets[i];
        return status;
    }

    /// <inheritdoc/>
    public int ReadCounts(short[] counts, int offset)
    {
        int status = Take();
        if (status != SensorStatus.Ok) return status;
        int at = (_taken - 1) * _scales.Length;
        for (int i = 0; i < _scales.Length; i++) counts[offset + i] = Counts[at + i];
        return status;
    }

    // The device's registers.
    private protected RegisterPort Port { get; }

    // What was drained: [mostDrained, channelCount], the first Count samples.
    private protected short[] Counts { get; }

    // Samples in Counts.
    private protected int Count { get; set; }

    private protected int PeriodMicros { get; }

    private protected bool IsUsingFifo => SamplePeriodMicros > 0;

    // Samples that a full FIFO holds.
    private protected abstract int FifoDepth { get; }

    // Samples from the start on that the device says not to use.
    private protected virtual int SettlingSamples => 0;

    // Finds the device, resets it, writes the settings and reads them back.
    private protected abstract int Configure();

    // Whether the device still has its settings: Ok, LostSettings, or what the bus says. May change Port.Bytes.
    private protected abstract int CheckSettings();

    // Empties the FIFO and has it filled from now on.
    private protected abstract int EmptyFifo();

    // Takes samples from the FIFO into Counts, none if there are none. Overflow, with Count 0, where the FIFO has to be emptied.
    private protected abstract int Drain();

    // Takes the latest sample into Counts; NoSample where that is not a new one, and the old one is taken all the same.
    private protected abstract int Poll();

    private protected void AddChannel(string name, string unit, double scale, double offset)
    {
        _names[_channelsAdded] = name;
        _units[_channelsAdded] = unit;
        _scales[_channelsAdded] = (float)scale;
        _offsets[_channelsAdded++] = (float)offset;
    }

    private protected void AddAcceleration(double countsPerG)
    {
        AddChannel("ax", "m/s2", StandardGravity / countsPerG, 0);
        AddChannel("ay", "m/s2", StandardGravity / countsPerG, 0);
        AddChannel("az", "m/s2", StandardGravity / countsPerG, 0);
    }

    private protected void Wait(int micros) => _clock.SleepUntil(_clock.NowMicros + micros);

    private int Take()
    {
        if (!_isStarted) return SensorStatus.NotStarted;
        if (_taken == Count)
        {
            _taken = 0;
            Count = 0;
            // Samples that came before a fault are handed out before it is reported.
            int status = _heldStatus;
            _heldStatus = SensorStatus.Ok;
            if (status == SensorStatus.Ok) status = Fill();
            _taken = Settle();
            if (_taken == Count) return status == SensorStatus.Ok ? SensorStatus.NoSample : status;
            _heldStatus = status;
        }
        _taken++;
        return SensorStatus.Ok;
    }

    private void Forget()
    {
        Count = 0;
        _taken = 0;
        _heldStatus = SensorStatus.Ok;
    }
}
