using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>Faults a test plays on a running stream, in channel 1 or, where no sample comes, in all.</summary>
internal static class SensorFaults
{
    public const int Channel = 1;

    /// <summary>How many steps of the fault are believed, because nothing can tell them yet.</summary>
    public static int Unseen(SensorFaultKind kind) => kind switch
    {
        SensorFaultKind.Stuck => WatchedStream.StuckSteps,
        SensorFaultKind.FlatLine => WatchedStream.FlatSteps - 1,
        _ => 0,
    };

    /// <summary>Whether a way in can show the fault.</summary>
    public static bool Exists(SensorFaultKind kind, string way) =>
        way != WatchedStream.Counts || kind is not (SensorFaultKind.NotANumber or SensorFaultKind.Infinite);

    public static bool IsOfAllChannels(SensorFaultKind kind) => kind is SensorFaultKind.Dropout or SensorFaultKind.Late;

    /// <summary>Plays one step of the fault.</summary>
    /// <param name="detector">Reads the step.</param>
    /// <param name="way">How.</param>
    /// <param name="kind">Which fault.</param>
    /// <param name="sample">What the sensors would have read.</param>
    /// <param name="step">Step of the fault, from 0.</param>
    public static DetectorState Play(Detector detector, string way, SensorFaultKind kind, short[] sample, int step)
    {
        short[] faulty = (short[])sample.Clone();
        switch (kind)
        {
            case SensorFaultKind.NotANumber: return StepFloat(detector, faulty, float.NaN);
            case SensorFaultKind.Infinite: return StepFloat(detector, faulty, step % 2 == 0 ? float.PositiveInfinity : float.NegativeInfinity);
            case SensorFaultKind.OutOfRange:
                faulty[Channel] = (short)(step % 2 == 0 ? 2001 : -6001);
                break;
            case SensorFaultKind.Stuck:
                faulty[Channel] = -1900;
                break;
            case SensorFaultKind.FlatLine:
                faulty[Channel] = (short)(-2000 + step % 2);
                break;
            case SensorFaultKind.Spike:
                // In range, and every time far from the last one, too.
                faulty[Channel] = (short)(step % 2 == 0 ? 1900 : -5900);
                break;
            default: return detector.StepMissing();
        }
        return WatchedStream.Step(detector, way, faulty);
    }

    private static DetectorState StepFloat(Detector detector, short[] sample, float reading)
    {
        float[] values = Array.ConvertAll(sample, value => (float)value);
        values[Channel] = reading;
        return detector.Step(values, 0);
    }
}
