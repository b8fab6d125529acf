using System;
using System.Threading;

namespace EdgeRnn.Simulator;

/// <summary>
/// Columns of a plot, each one row or several in a row: the least and the largest value per channel, so that a single sample's spike
/// stays to be seen. Of fixed size.
/// </summary>
internal sealed class ColumnSet(int channels, int capacity)
{
    private readonly double[] _seconds = new double[capacity];
    private readonly float[] _low = new float[capacity * channels];    // [capacity, channels]
    private readonly float[] _high = new float[capacity * channels];   // [capacity, channels]
    private readonly float[] _scores = new float[capacity];
    private readonly float[] _thresholds = new float[capacity];
    private readonly int[] _states = new int[capacity];
    private readonly bool[] _alarms = new bool[capacity];
    private readonly bool[] _faults = new bool[capacity];
    private int _count;

    /// <summary>Channels.</summary>
    public int Channels => channels;

    /// <summary>The most columns there can be.</summary>
    public int Capacity => capacity;

    /// <summary>Columns. Who sees one sees what is in it.</summary>
    public int Count
    {
        get => Volatile.Read(ref _count);
        set => Volatile.Write(ref _count, value);
    }

    /// <summary>The time of a column's first row.</summary>
    public double Seconds(int column) => _seconds[column];

    /// <summary>A channel's least value in a column; NaN: missing in all of its rows.</summary>
    public float Low(int column, int channel) => _low[column * channels + channel];

    /// <summary>A channel's largest value in a column.</summary>
    public float High(int column, int channel) => _high[column * channels + channel];

    /// <summary>The largest score of a column.</summary>
    public float Score(int column) => _scores[column];

    /// <summary>The last threshold of a column.</summary>
    public float Threshold(int column) => _thresholds[column];

    /// <summary>The last state of a column.</summary>
    public int State(int column) => _states[column];

    /// <summary>Whether a row of the column alarmed.</summary>
    public bool IsAlarming(int column) => _alarms[column];

    /// <summary>Whether a row of the column was faulty.</summary>
    public bool IsFaulty(int column) => _faults[column];

    /// <summary>Opens a column with a row.</summary>
    public void Open(FeedRow row)
    {
        int to = Count;
        _seconds[to] = row.Seconds;
        row.Values.CopyTo(_low, to * channels);
        row.Values.CopyTo(_high, to * channels);
        _scores[to] = row.Score;
        _thresholds[to] = row.Threshold;
        _states[to] = row.State;
        _alarms[to] = row.IsAlarming;
        _faults[to] = row.IsFaulty;
        Count = to + 1;
    }

    /// <summary>Adds a row to the last column.</summary>
    public void Join(FeedRow row)
    {
        int to = Count - 1;
        for (int channel = 0, at = to * channels; channel < channels; channel++, at++)
        {
            _low[at] = Least(_low[at], row.Values[channel]);
            _high[at] = Largest(_high[at], row.Values[channel]);
        }
        JoinRest(to, row.Score, row.Threshold, row.State, row.IsAlarming, row.IsFaulty);
    }

    /// <summary>Joins each column with the next: half as many, twice as wide.</summary>
    public void Halve()
    {
        for (int to = 0; to < Count / 2; to++)
        {
            int from = 2 * to;
            Move(from, to);
            int second = from + 1;
            for (int channel = 0; channel < channels; channel++)
            {
                int at = to * channels + channel, other = second * channels + channel;
                _low[at] = Least(_low[at], _low[other]);
                _high[at] = Largest(_high[at], _high[other]);
            }
            JoinRest(to, _scores[second], _thresholds[second], _states[second], _alarms[second], _faults[second]);
        }
        Count /= 2;
    }

    /// <summary>Copies the first columns of another set.</summary>
    /// <param name="other">As many channels.</param>
    /// <param name="count">Not more than either can hold.</param>
    public void CopyFrom(ColumnSet other, int count)
    {
        Array.Copy(other._seconds, _seconds, count);
        Array.Copy(other._low, _low, count * channels);
        Array.Copy(other._high, _high, count * channels);
        Array.Copy(other._scores, _scores, count);
        Array.Copy(other._thresholds, _thresholds, count);
        Array.Copy(other._states, _states, count);
        Array.Copy(other._alarms, _alarms, count);
        Array.Copy(other._faults, _faults, count);
        Count = count;
    }

    private void Move(int from, int to)
    {
        _seconds[to] = _seconds[from];
        Array.Copy(_low, from * channels, _low, to * channels, channels);
        Array.Copy(_high, from * channels, _high, to * channels, channels);
        _scores[to] = _scores[from];
        _thresholds[to] = _thresholds[from];
        _states[to] = _states[from];
        _alarms[to] = _alarms[from];
        _faults[to] = _faults[from];
    }

    private void JoinRest(int to, float score, float threshold, int state, bool isAlarming, bool isFaulty)
    {
        _scores[to] = Largest(_scores[to], score);
        _thresholds[to] = threshold;
        _states[to] = state;
        _alarms[to] |= isAlarming;
        _faults[to] |= isFaulty;
    }

    // A missing value says nothing about the others.
    private static float Least(float one, float other) => float.IsNaN(one) || other < one ? other : one;

    private static float Largest(float one, float other) => float.IsNaN(one) || other > one ? other : one;
}
