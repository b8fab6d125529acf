using System;
using System.Threading;

namespace EdgeRnn.Simulator;

/// <summary>
/// The latest rows at full rate, in a ring. One thread adds and never waits; any thread reads, and finds out afterwards whether the row
/// was overwritten meanwhile. A row's number only grows, also over restarts.
/// </summary>
internal sealed class FeedRows
{
    private const int Alarming = 1;
    private const int Faulty = 2;

    private readonly int _channels;
    private readonly double[] _seconds;   // [rows]
    private readonly float[] _numbers;    // [rows, channels + 2]: values, score, threshold
    private readonly sbyte[] _states;     // [rows]
    private readonly byte[] _flags;       // [rows]
    private long _claimed;                // rows begun: those a ring's length before may be half overwritten
    private long _written;                // rows complete

    /// <summary>A ring without rows.</summary>
    public FeedRows(int channels, int capacity)
    {
        _channels = channels;
        Capacity = capacity;
        _seconds = new double[capacity];
        _numbers = new float[capacity * (channels + 2)];
        _states = new sbyte[capacity];
        _flags = new byte[capacity];
    }

    /// <summary>Bytes a row takes.</summary>
    public static int BytesOf(int channels) => sizeof(double) + sizeof(float) * (channels + 2) + 2;

    /// <summary>Rows kept.</summary>
    public int Capacity { get; }

    /// <summary>The number after the latest row's.</summary>
    public long End => Volatile.Read(ref _written);

    /// <summary>The number of the oldest row that is kept for sure.</summary>
    public long Oldest => Math.Max(0, Volatile.Read(ref _claimed) - Capacity);

    /// <summary>Adds a row in the place of the oldest.</summary>
    public void Add(FeedRow row)
    {
        long number = _written;
        Volatile.Write(ref _claimed, number + 1);
        Interlocked.MemoryBarrier(); // claimed before it is touched, whatever the processor would rather do
        int slot = (int)(number % Capacity);
        int at = slot * (_channels + 2);
        _seconds[slot] = row.Seconds;
        row.Values.CopyTo(_numbers, at);
        _numbers[at + _channels] = row.Score;
        _numbers[at + _channels + 1] = row.Threshold;
        _states[slot] = (sbyte)row.State;
        _flags[slot] = (byte)((row.IsAlarming ? Alarming : 0) | (row.IsFaulty ? Faulty : 0));
        Volatile.Write(ref _written, number + 1);
    }

    /// <summary>Reads a row.</summary>
    /// <param name="number">Less than <see cref="End"/>.</param>
    /// <param name="row">Filled; without meaning where the row is gone.</param>
    /// <returns>False: it is no longer kept.</returns>
    public bool TryRead(long number, FeedRow row)
    {
        int slot = (int)(number % Capacity);
        int at = slot * (_channels + 2);
        row.Seconds = _seconds[slot];
        Array.Copy(_numbers, at, row.Values, 0, _channels);
        row.Score = _numbers[at + _channels];
        row.Threshold = _numbers[at + _channels + 1];
        row.State = _states[slot];
        row.IsAlarming = (_flags[slot] & Alarming) != 0;
        row.IsFaulty = (_flags[slot] & Faulty) != 0;
        Interlocked.MemoryBarrier();
        return number >= Oldest;
    }

    /// <summary>The first row from a time on.</summary>
    /// <param name="from">Where to begin; rows from here on have times that do not fall.</param>
    /// <param name="end">Where to end.</param>
    /// <param name="seconds">The time.</param>
    /// <param name="row">Used for reading.</param>
    public long FirstAt(long from, long end, double seconds, FeedRow row)
    {
        while (from < end)
        {
            long middle = from + (end - from) / 2;
            if (!TryRead(middle, row) || row.Seconds < seconds) from = middle + 1;
            else end = middle;
        }
        return from;
    }
}
