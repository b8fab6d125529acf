using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>What a detector had to say at every step of a stream.</summary>
public sealed class DetectionTrace
{
    internal DetectionTrace(int steps, IReadOnlyList<string> inputNames, IReadOnlyList<string> channelNames)
    {
        InputNames = inputNames;
        ChannelNames = channelNames;
        Scores = new float[steps];
        Thresholds = new float[steps];
        LowerThresholds = new float[steps];
        States = new DetectorState[steps];
        Alarms = new bool[steps];
        Faults = new SensorFaultKind[steps * inputNames.Count];
        Shares = new byte[steps * channelNames.Count];
    }

    /// <summary>Steps of the stream.</summary>
    public int Steps => Scores.Length;

    /// <summary>[inputSize] names of the input's channels.</summary>
    public IReadOnlyList<string> InputNames { get; }

    /// <summary>[channels] names of the score's channels.</summary>
    public IReadOnlyList<string> ChannelNames { get; }

    /// <summary>[steps] smoothed scores; NaN where there is none yet.</summary>
    public float[] Scores { get; }

    /// <summary>[steps] thresholds; NaN where they are not learnt yet.</summary>
    public float[] Thresholds { get; }

    /// <summary>[steps] lower thresholds; NaN where there is none.</summary>
    public float[] LowerThresholds { get; }

    /// <summary>[steps] what the detector was doing.</summary>
    public DetectorState[] States { get; }

    /// <summary>[steps] whether an alarm was on.</summary>
    public bool[] Alarms { get; }

    /// <summary>[steps, inputSize] what was wrong with the sensors, row by row.</summary>
    public SensorFaultKind[] Faults { get; }

    /// <summary>[steps, channels] shares of the score in percent, row by row.</summary>
    public byte[] Shares { get; }

    /// <summary>[steps] times as the stream's file has them, or empty.</summary>
    public IReadOnlyList<string> Times { get; init; } = [];

    /// <summary>The name of the times' column.</summary>
    public string TimeName { get; init; } = "";
}
