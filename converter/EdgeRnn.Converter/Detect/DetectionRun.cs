using System;
using System.Linq;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>Runs the product's own detector over a recorded stream.</summary>
public static class DetectionRun
{
    private const int ProgressInterval = 4096;

    /// <summary>Runs on from what the detector remembers.</summary>
    /// <param name="detector">Keeps what it learnt; save its state to continue the stream later.</param>
    /// <param name="settings">What the detector was made with, for names.</param>
    /// <param name="stream">One sequence, raw. NaN is a missing reading, a step of nothing else a tick without a sample.</param>
    /// <param name="counts">Whether the detector was made for whole numbers.</param>
    /// <param name="progress">Told now and then how many steps have run since the last time.</param>
    /// <exception cref="ConversionException">The stream does not fit the model, is a batch, or holds no whole numbers.</exception>
    public static DetectionTrace Run(Detector detector, DetectorSettings settings, StepArray stream, bool counts,
        Action<int>? progress = null)
    {
        Model model = detector.Model;
        RequireOne(stream, model);
        DetectionTrace trace = new(stream.Steps, [.. Enumerable.Range(0, model.InputSize).Select(i => Channels.NameOf(model, i))],
            Channels.OfScore(model, settings))
        { Times = stream.Times, TimeName = stream.TimeName };
        float[] values = stream.Sequences[0];
        short[] whole = new short[model.InputSize];
        for (int step = 0; step < stream.Steps; step++)
        {
            int at = step * model.InputSize;
            int missing = values.AsSpan(at, model.InputSize).Count(float.NaN);
            if (missing == model.InputSize || (counts && missing > 0)) detector.StepMissing();
            else if (counts) detector.StepCounts(Whole(values, at, whole, step), 0);
            else detector.Step(values, at);
            Note(detector, trace, step);
            if (progress != null && (step + 1) % ProgressInterval == 0) progress(ProgressInterval);
        }
        progress?.Invoke(stream.Steps % ProgressInterval);
        return trace;
    }

    internal static void RequireOne(StepArray stream, Model model)
    {
        if (stream.Sequences.Count > 1)
            throw new ConversionException($"data: {stream.Sequences.Count} sequences, expected one stream; pass them one by one");
        if (stream.Features != model.InputSize)
            throw new ConversionException($"data: {stream.Features} features per step, the model reads {model.InputSize}");
    }

    private static void Note(Detector detector, DetectionTrace trace, int step)
    {
        trace.Scores[step] = detector.HasScore ? detector.Score : float.NaN;
        trace.Thresholds[step] = detector.IsCalibrated ? detector.Threshold : float.NaN;
        trace.LowerThresholds[step] = detector.IsCalibrated && detector.LowerThreshold > 0 ? detector.LowerThreshold : float.NaN;
        trace.States[step] = detector.State;
        trace.Alarms[step] = detector.IsAlarming;
        int inputs = trace.InputNames.Count, channels = trace.ChannelNames.Count;
        for (int i = 0; i < inputs; i++) trace.Faults[step * inputs + i] = detector.FaultOf(i);
        for (int i = 0; i < channels; i++) trace.Shares[step * channels + i] = (byte)detector.SharePercent(i);
    }

    private static short[] Whole(float[] values, int at, short[] whole, int step)
    {
        for (int i = 0; i < whole.Length; i++)
        {
            float value = values[at + i];
            if (value is not (>= short.MinValue and <= short.MaxValue) || value != MathF.Floor(value))
            {
                string found = FormattableString.Invariant($"step {step}, feature {i}: {value}");
                throw new ConversionException($"data: {found} is no whole number from " +
                    "-32768 to 32767, as counts are; leave out --counts, or record what the sensor gives");
            }
            whole[i] = (short)value;
        }
        return whole;
    }
}
