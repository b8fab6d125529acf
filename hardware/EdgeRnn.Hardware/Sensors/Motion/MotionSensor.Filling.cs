namespace EdgeRnn.Hardware;

// How samples come from the device, and how a device that has stopped is told from one that has nothing new.
public abstract partial class MotionSensor
{
    private const int MostEmptyPeriods = 8;
    private const int MostEmptyMicros = 50_000; // with short periods, a device is busy longer than eight of them

    private bool _isTorn;
    private bool _hasSample;
    private int _toSkip;
    private long _usableFrom;
    private long _emptiedAt;
    private bool _wasJustEmptied;
    private long _lastFresh;

    // Finds the device by its identity register.
    private protected int Identify(int register, int identity)
    {
        int status = Port.Read(register, 1);
        if (status != BusStatus.Ok || Port.Bytes[0] == identity) return status;
        // Over SPI a line that nobody drives reads as one of these, and no device has them for an identity.
        return Port.Bytes[0] == 0x00 || Port.Bytes[0] == 0xFF ? BusStatus.NoAnswer : SensorStatus.WrongDevice;
    }

    // Writes registers, a number and a value each, and then looks whether the device has kept them.
    private protected int WriteSettings(byte[] pairs)
    {
        for (int i = 0; i < pairs.Length; i += 2)
        {
            int status = Port.Write(pairs[i], pairs[i + 1]);
            if (status != BusStatus.Ok) return status;
        }
        for (int i = 0; i < pairs.Length; i += 2)
        {
            int status = CheckRegister(pairs[i], pairs[i + 1]);
            if (status != SensorStatus.Ok) return status;
        }
        return SensorStatus.Ok;
    }

    private protected int CheckRegister(int register, int expected)
    {
        int status = Port.Read(register, 1);
        if (status != BusStatus.Ok) return status;
        return Port.Bytes[0] == expected ? SensorStatus.Ok : SensorStatus.LostSettings;
    }

    // Reads samples. Where that breaks off after the device has acknowledged, some of them may be gone.
    private protected int ReadFifo(int register, int count)
    {
        int status = Port.Read(register, count);
        if (status != BusStatus.Ok && status != BusStatus.NoAnswer) _isTorn = true;
        return status;
    }

    private void BeginWatch(long now)
    {
        _isTorn = false;
        _hasSample = false;
        _toSkip = IsUsingFifo ? SettlingSamples : 0;
        _usableFrom = now + (long)SettlingSamples * PeriodMicros;
        _wasJustEmptied = false;
        _lastFresh = now;
    }

    private int Fill()
    {
        int status = IsUsingFifo ? FillFromFifo() : FillByPolling();
        if (Count > 0 && IsBlank(Count - 1)) status = DropBlanks(status);
        if (status != SensorStatus.Ok || Count > 0) return status;
        return IsSilent(_clock.NowMicros) ? SensorStatus.LostSettings : status;
    }

    private bool IsSilent(long now)
    {
        long most = (long)MostEmptyPeriods * PeriodMicros;
        return now - _lastFresh > (most < MostEmptyMicros ? MostEmptyMicros : most);
    }

    private int FillByPolling()
    {
        int status = Poll();
        if (status != SensorStatus.Ok && status != SensorStatus.NoSample) return status;
        long now = _clock.NowMicros;
        if (status == SensorStatus.Ok) _lastFresh = now;
        if (now < _usableFrom) return SensorStatus.Ok;
        _hasSample = _hasSample || status == SensorStatus.Ok;
        // A device that has stopped measuring is not to look like one at rest.
        if (_hasSample && !IsSilent(now)) Count = 1;
        return SensorStatus.Ok;
    }

    private int FillFromFifo()
    {
        bool isFull = false;
        if (!_isTorn)
        {
            int drained = Drain();
            if (Count > 0) _lastFresh = _clock.NowMicros;
            if (drained != SensorStatus.Overflow)
            {
                _wasJustEmptied = false;
                return drained;
            }
            isFull = true;
            _isTorn = true;
        }
        int status = EmptyFifo();
        if (status != SensorStatus.Ok) return status;
        // A FIFO that is full again sooner than it can fill is not emptied by what empties it; nobody is to wait for an end of that.
        long now = _clock.NowMicros;
        bool isStuck = isFull && _wasJustEmptied && now - _emptiedAt < (long)FifoDepth * PeriodMicros / 2;
        _isTorn = false;
        _wasJustEmptied = true;
        _emptiedAt = now;
        _lastFresh = now;
        return isStuck ? SensorStatus.LostSettings : SensorStatus.Overflow;
    }

    private int Settle()
    {
        int skipped = _toSkip < Count ? _toSkip : Count;
        _toSkip -= skipped;
        return skipped;
    }

    // Nothing acknowledges on SPI: where a device has gone, samples of nothing but zeros or ones come. Real ones stay.
    private int DropBlanks(int status)
    {
        int settings = CheckSettings();
        if (settings == SensorStatus.Ok) return status;
        while (Count > 0 && IsBlank(Count - 1)) Count--;
        return settings;
    }

    private bool IsBlank(int sample)
    {
        int at = sample * ChannelCount, first = Counts[at];
        if (first != 0 && first != -1) return false;
        for (int i = 1; i < ChannelCount; i++)
        {
            if (Counts[at + i] != first) return false;
        }
        return true;
    }
}
