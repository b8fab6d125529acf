using System;

namespace EdgeRnn.Simulator;

/// <summary>A step as the feed keeps it. Used again for each.</summary>
internal sealed class FeedRow(int channels)
{
    /// <summary>Seconds of the device's time.</summary>
    public double Seconds { get; set; }

    /// <summary>[channels] NaN: missing.</summary>
    public float[] Values { get; } = new float[channels];

    /// <summary>NaN: none.</summary>
    public float Score { get; set; }

    /// <summary>NaN: none.</summary>
    public float Threshold { get; set; }

    /// <summary>Negative: not known.</summary>
    public int State { get; set; }

    /// <summary>Whether there is an alarm.</summary>
    public bool IsAlarming { get; set; }

    /// <summary>Whether there was no sample, or something is wrong with a channel of it.</summary>
    public bool IsFaulty { get; set; }

    /// <summary>Copies a step.</summary>
    /// <exception cref="ArgumentException">It has another number of channels.</exception>
    public void Take(LiveStep step)
    {
        if (step.Values.Length != Values.Length)
            throw new ArgumentException($"step: expected {Values.Length} channels as described, found {step.Values.Length}");
        Seconds = step.Seconds;
        step.Values.CopyTo(Values, 0);
        Score = step.Score;
        Threshold = step.Threshold;
        State = step.State;
        IsAlarming = step.IsAlarming;
        IsFaulty = !step.HasSample || step.Faults.AsSpan().ContainsAnyExcept(0);
    }
}
