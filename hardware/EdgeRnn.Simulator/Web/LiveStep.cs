using EdgeRnn.Runtime;

namespace EdgeRnn.Simulator;

/// <summary>One step as a live page shows it. Made once by the caller and filled again for each step; the feed copies.</summary>
/// <param name="channels">Channels of the page's description.</param>
/// <param name="hiddenUnits">Units of its hidden layers; 0: none are shown.</param>
public sealed class LiveStep(int channels, int hiddenUnits)
{
    /// <summary>Seconds of the device's time since the run began. Never less than in the step before.</summary>
    public double Seconds { get; set; }

    /// <summary>[channels] what the network read, in the channels' units; NaN: missing.</summary>
    public float[] Values { get; } = new float[channels];

    /// <summary>The score; NaN: none yet.</summary>
    public float Score { get; set; } = float.NaN;

    /// <summary>The threshold; NaN: none yet.</summary>
    public float Threshold { get; set; } = float.NaN;

    /// <summary>A <see cref="DetectorState"/>; negative: not known.</summary>
    public int State { get; set; }

    /// <summary>Whether there is an alarm.</summary>
    public bool IsAlarming { get; set; }

    /// <summary>Whether a sample was read; false: something stood for it.</summary>
    public bool HasSample { get; set; } = true;

    /// <summary>[channels] each channel's part of the score, in percent.</summary>
    public int[] Shares { get; } = new int[channels];

    /// <summary>[channels] what is wrong with each channel: a <see cref="SensorFaultKind"/>.</summary>
    public int[] Faults { get; } = new int[channels];

    /// <summary>[hiddenUnits] the hidden state, layer after layer, usually between -1 and 1.</summary>
    public float[] Hidden { get; } = new float[hiddenUnits];
}
