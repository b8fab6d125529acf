using System;

namespace EdgeRnn.Firmware.Pi;

/// <summary>One step of the loop, in a slot that is used again.</summary>
/// <param name="inputs">Inputs of the network.</param>
internal sealed class StreamStep(int inputs)
{
    /// <summary>Seconds since the loop's first step.</summary>
    public double Seconds { get; set; }

    /// <summary>[inputs] what the network read; NaN where nothing was.</summary>
    public float[] Values { get; } = new float[inputs];

    /// <summary>The score; NaN: none yet.</summary>
    public float Score { get; set; }

    /// <summary>The threshold; NaN: none yet.</summary>
    public float Threshold { get; set; }

    /// <summary>A <see cref="Runtime.DetectorState"/>.</summary>
    public int State { get; set; }

    /// <summary>Whether there is an alarm.</summary>
    public bool IsAlarming { get; set; }

    /// <summary>What the sensor said last: a <see cref="Hardware.SensorStatus"/>.</summary>
    public int SensorStatus { get; set; }

    /// <summary>[inputs] each input's part of the score, in percent.</summary>
    public int[] Shares { get; } = new int[inputs];

    /// <summary>[inputs] what is wrong with each: a <see cref="Runtime.SensorFaultKind"/>.</summary>
    public int[] Faults { get; } = new int[inputs];

    /// <summary>Takes what another one has.</summary>
    public void CopyFrom(StreamStep other)
    {
        Seconds = other.Seconds;
        Array.Copy(other.Values, Values, Values.Length);
        Score = other.Score;
        Threshold = other.Threshold;
        State = other.State;
        IsAlarming = other.IsAlarming;
        SensorStatus = other.SensorStatus;
        Array.Copy(other.Shares, Shares, Shares.Length);
        Array.Copy(other.Faults, Faults, Faults.Length);
    }
}
