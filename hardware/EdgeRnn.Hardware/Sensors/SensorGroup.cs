using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// Several sensors that are read together as one sample, their channels one after the other. While one of them is faulty its channels
/// are NaN, so that only these are substituted, and the others go on; the group starts it again by itself. The group reports a fault
/// only where none of them gives a sample, and then the first one.
/// </summary>
/// <remarks>
/// A member without a new sample (<see cref="SensorStatus.NoSample"/>) repeats its last one: the group may be read faster than a
/// slow member measures. A member that is lost, by a bus fault or its settings, is started again after as many faulty reads in a row
/// as the group was made with, and again after as many: that read takes as long as the member's start. Where counts are read, any
/// fault is the group's, since no count means that there is none.
/// </remarks>
/// <example>
/// <code>
/// SensorGroup sensor = new SensorGroup(new ISensor[] { climate, distance }, 10);
/// int status = sensor.Start();
/// </code>
/// </example>
public sealed class SensorGroup : ISensor
{
    private readonly ISensor[] _members;
    private readonly int[] _offsets;
    private readonly int[] _statuses;
    private readonly int[] _faultyReads;
    private readonly bool[] _hasSample;
    private readonly string[] _names;
    private readonly string[] _units;
    private readonly float[] _read;  // what a member gave just now
    private readonly short[] _readCounts;
    private readonly float[] _last;  // of every member, its last sample
    private readonly short[] _lastCounts;
    private readonly int _restartReads;

    /// <summary>A group. Nothing is started.</summary>
    /// <param name="members">Sensors that measure when they are read; used by the group alone. The array is copied.</param>
    /// <param name="restartReads">Faulty reads in a row after which a member is started again, at least 1.</param>
    /// <exception cref="ArgumentException">No member, one that keeps samples, or <paramref name="restartReads"/> below 1.</exception>
    public SensorGroup(ISensor[] members, int restartReads)
    {
        SettingCheck.Require(members.Length > 0, "SensorGroup", "at least one sensor", "none");
        SettingCheck.Require(restartReads >= 1, "SensorGroup", "restartReads of 1 or more", restartReads);
        _restartReads = restartReads;
        _members = new ISensor[members.Length];
        _offsets = new int[members.Length];
        _statuses = new int[members.Length];
        _faultyReads = new int[members.Length];
        _hasSample = new bool[members.Length];
        HasCounts = true;
        for (int i = 0; i < members.Length; i++)
        {
            SettingCheck.Require(members[i].SamplePeriodMicros == 0, "SensorGroup", "sensors that measure when they are read",
                "the " + members[i].Name + ", which keeps samples");
            _members[i] = members[i];
            _offsets[i] = ChannelCount;
            _statuses[i] = SensorStatus.NotStarted;
            ChannelCount += members[i].ChannelCount;
            HasCounts &= members[i].HasCounts;
            Name = i == 0 ? members[i].Name : Name + " + " + members[i].Name;
        }
        _names = new string[ChannelCount];
        _units = new string[ChannelCount];
        _read = new float[ChannelCount];
        _last = new float[ChannelCount];
        _readCounts = new short[HasCounts ? ChannelCount : 0];
        _lastCounts = new short[_readCounts.Length];
        for (int i = 0; i < members.Length; i++) NameChannels(i);
    }

    /// <inheritdoc/>
    public string Name { get; } = "";

    /// <inheritdoc/>
    public int ChannelCount { get; }

    /// <inheritdoc/>
    public int SamplePeriodMicros => 0;

    /// <inheritdoc/>
    public bool HasCounts { get; }

    /// <summary>Sensors in the group.</summary>
    public int MemberCount => _members.Length;

    /// <summary>What a member said last.</summary>
    /// <param name="member">0 to <see cref="MemberCount"/> - 1.</param>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int StatusOf(int member) => _statuses[member];

    /// <summary>As the member calls it; where another member has the same name, behind the member's, as <c>SW-420.pulses</c>; where that
    /// is the same too, with the member's number, as <c>SW-420#2.pulses</c>.</summary>
    /// <param name="channel">0 to <see cref="ChannelCount"/> - 1.</param>
    public string ChannelName(int channel) => _names[channel];

    /// <inheritdoc/>
    public string ChannelUnit(int channel) => _units[channel];

    /// <summary>Starts every member. The group can be read where one fails: it tries that again.</summary>
    /// <returns>What the first member says that does not start; <see cref="SensorStatus.Ok"/> where all do.</returns>
    public int Start()
    {
        int result = SensorStatus.Ok;
        for (int i = 0; i < _members.Length; i++)
        {
            StartMember(i);
            if (result == SensorStatus.Ok) result = _statuses[i];
        }
        return result;
    }

    /// <summary>Reads every member.</summary>
    /// <param name="values">The members' channels, those of a faulty one NaN.</param>
    /// <param name="offset">First number.</param>
    /// <returns><see cref="SensorStatus.Ok"/> where at least one member gave a new sample; else the first fault, or
    /// <see cref="SensorStatus.NoSample"/> where there is no fault.</returns>
    public int Read(float[] values, int offset)
    {
        bool hasNew = false;
        for (int i = 0; i < _members.Length; i++)
        {
            int first = _offsets[i], count = _members[i].ChannelCount;
            int status = _members[i].Read(_read, 0);
            if (status == SensorStatus.Ok) Array.Copy(_read, 0, _last, first, count);
            hasNew |= status == SensorStatus.Ok;
            Take(i, status);
            for (int k = first; k < first + count; k++) values[offset + k] = _hasSample[i] ? _last[k] : float.NaN;
        }
        return hasNew ? SensorStatus.Ok : FirstFault();
    }

    /// <summary>Reads every member as whole numbers.</summary>
    /// <param name="counts">The members' channels.</param>
    /// <param name="offset">First number.</param>
    /// <returns>The first fault; <see cref="SensorStatus.NoSample"/> where no member has a new sample, or one has had none yet.</returns>
    public int ReadCounts(short[] counts, int offset)
    {
        if (!HasCounts) return SensorStatus.BadReading;
        bool hasNew = false, hasAll = true;
        for (int i = 0; i < _members.Length; i++)
        {
            int status = _members[i].ReadCounts(_readCounts, 0);
            if (status == SensorStatus.Ok) Array.Copy(_readCounts, 0, _lastCounts, _offsets[i], _members[i].ChannelCount);
            hasNew |= status == SensorStatus.Ok;
            Take(i, status);
            hasAll &= _hasSample[i];
        }
        int fault = FirstFault();
        if (fault != SensorStatus.NoSample) return fault;
        if (!hasNew || !hasAll) return SensorStatus.NoSample;
        Array.Copy(_lastCounts, 0, counts, offset, ChannelCount);
        return SensorStatus.Ok;
    }

    // After a fault a member has no last sample to repeat.
    private void Take(int member, int status)
    {
        _statuses[member] = status;
        if (status == SensorStatus.Ok) _hasSample[member] = true;
        else if (IsFault(status)) _hasSample[member] = false;
        bool isLost = SensorStatus.IsBusFault(status) || status == SensorStatus.NotStarted || status == SensorStatus.WrongDevice ||
            status == SensorStatus.LostSettings;
        _faultyReads[member] = isLost ? _faultyReads[member] + 1 : 0;
        if (_faultyReads[member] >= _restartReads) StartMember(member);
    }

    private void StartMember(int member)
    {
        _faultyReads[member] = 0;
        _hasSample[member] = false;
        _statuses[member] = _members[member].Start();
    }

    private int FirstFault()
    {
        for (int i = 0; i < _statuses.Length; i++)
        {
            if (IsFault(_statuses[i])) return _statuses[i];
        }
        return SensorStatus.NoSample;
    }

    private static bool IsFault(int status) => status != SensorStatus.Ok && status != SensorStatus.NoSample;

    private void NameChannels(int member)
    {
        ISensor sensor = _members[member];
        bool hasTwin = false;
        for (int i = 0; i < _members.Length; i++) hasTwin |= i != member && _members[i].Name == sensor.Name;
        for (int k = 0; k < sensor.ChannelCount; k++)
        {
            string name = sensor.ChannelName(k);
            if (IsElsewhere(name, member)) name = sensor.Name + (hasTwin ? "#" + (member + 1).ToString() : "") + "." + name;
            _names[_offsets[member] + k] = name;
            _units[_offsets[member] + k] = sensor.ChannelUnit(k);
        }
    }

    private bool IsElsewhere(string name, int member)
    {
        for (int i = 0; i < _members.Length; i++)
        {
            if (i == member) continue;
            for (int k = 0; k < _members[i].ChannelCount; k++)
            {
                if (_members[i].ChannelName(k) == name) return true;
            }
        }
        return false;
    }
}
