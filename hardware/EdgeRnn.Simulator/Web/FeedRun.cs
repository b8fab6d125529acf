using System;

namespace EdgeRnn.Simulator;

/// <summary>One run of a feed, from a description to the next. The memory stays the same where the next is laid out alike.</summary>
internal sealed class FeedRun
{
    /// <summary>The first run, or one that is laid out otherwise than the last.</summary>
    public FeedRun(LiveDescription description, int keptRows)
    {
        int channels = description.Channels.Count;
        Description = description;
        Rows = new FeedRows(channels, keptRows);
        History = new FeedHistory(channels);
        Row = new FeedRow(channels);
        Hidden = new float[description.HiddenUnits];
        Shares = new int[channels];
        Faults = new int[channels];
        Pins = new bool[description.Pins.Count];
    }

    /// <summary>A run in the memory of the last.</summary>
    public FeedRun(LiveDescription description, FeedRun last)
    {
        Description = description;
        (Rows, History, Row, Hidden) = (last.Rows, last.History, last.Row, last.Hidden);
        (Shares, Faults, Pins) = (last.Shares, last.Faults, last.Pins);
        FirstRow = Rows.End;
        History.Clear();
        Hidden.AsSpan().Clear();
        Shares.AsSpan().Clear();
        Faults.AsSpan().Clear();
        Pins.AsSpan().Clear();
    }

    /// <summary>What is shown.</summary>
    public LiveDescription Description { get; }

    /// <summary>The rows of this run and of those before.</summary>
    public FeedRows Rows { get; }

    /// <summary>The number of this run's first row.</summary>
    public long FirstRow { get; }

    /// <summary>The whole run, coarsely.</summary>
    public FeedHistory History { get; }

    /// <summary>For who adds.</summary>
    public FeedRow Row { get; }

    /// <summary>The latest hidden state. A reader may see parts of two steps, which a picture forgives.</summary>
    public float[] Hidden { get; }

    /// <summary>The latest shares.</summary>
    public int[] Shares { get; }

    /// <summary>The latest faults.</summary>
    public int[] Faults { get; }

    /// <summary>Which pins are active.</summary>
    public bool[] Pins { get; }

    /// <summary>Whether a description can be shown in this memory.</summary>
    public bool Fits(LiveDescription description) => description.Channels.Count == Shares.Length &&
        description.HiddenUnits == Hidden.Length && description.Pins.Count == Pins.Length;
}
