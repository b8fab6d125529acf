using System;
using System.Collections.Generic;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>What is wrong with a bus at the moment, and how often it came to that.</summary>
public sealed class BusFaults
{
    private readonly Dictionary<int, byte> _stuck = [];

    /// <summary>Whether the device is gone: nothing acknowledges.</summary>
    public bool IsAway { get; set; }

    /// <summary>Transfers that go well before those that <see cref="NoAnswers"/> and <see cref="ShortReads"/> count.</summary>
    public int GoodTransfers { get; set; }

    /// <summary>How many of the next transfers are not acknowledged.</summary>
    public int NoAnswers { get; set; }

    /// <summary>How many of the next reads come short.</summary>
    public int ShortReads { get; set; }

    /// <summary>
    /// Bytes that a short read takes from the device before it ends, so that what reading does to the device has happened for them;
    /// of shorter reads, all but one.
    /// </summary>
    public int ShortReadBytes { get; set; }

    /// <summary>Transfers so far, those that failed included.</summary>
    public int Transfers { get; private set; }

    /// <summary>Registers that read as one value, whatever the device says; writes reach the device.</summary>
    public IDictionary<int, byte> Stuck => _stuck;

    internal int Next(bool isRead)
    {
        Transfers++;
        if (IsAway) return BusStatus.NoAnswer;
        if (GoodTransfers > 0)
        {
            GoodTransfers--;
            return BusStatus.Ok;
        }
        if (NoAnswers > 0)
        {
            NoAnswers--;
            return BusStatus.NoAnswer;
        }
        if (!isRead || ShortReads == 0) return BusStatus.Ok;
        ShortReads--;
        return BusStatus.ShortTransfer;
    }

    internal int Arriving(int status, int count) => status == BusStatus.Ok ? count : Math.Min(ShortReadBytes, count - 1);

    internal byte Seen(int register, byte value) => _stuck.TryGetValue(register, out byte stuck) ? stuck : value;
}
