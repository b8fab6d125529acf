using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Demo;

/// <summary>Forecast error over a span of time.</summary>
/// <param name="Segment">The part of the stream.</param>
/// <param name="StartS">Its begin, in seconds.</param>
/// <param name="EndS">Its end, in seconds.</param>
/// <param name="Mean">Mean over the samples and channels, in standard deviations of normal operation.</param>
internal sealed record ErrorSpan(string Segment, double StartS, double EndS, double Mean);

/// <summary>How far each sample is from what a forecaster expected one step before.</summary>
internal static class ForecastError
{
    /// <summary>Mean over the channels of |sample - forecast|, in standard deviations.</summary>
    /// <param name="model">A model with preprocessing that forecasts the next standardised sample.</param>
    /// <param name="stream">What it was fed.</param>
    /// <param name="answers">What it answered, one forecast per step.</param>
    /// <returns>[steps]; NaN for the first sample, which nothing forecast.</returns>
    public static float[] PerStep(Model model, StepArray stream, Answers answers)
    {
        int channels = model.InputSize;
        float clip = model.InputClipMagnitude;
        float[] samples = stream.Sequences[0], forecasts = answers.Sequences[0], errors = new float[stream.Steps];
        errors[0] = float.NaN;
        for (int step = 1; step < errors.Length; step++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                float raw = samples[step * channels + channel];
                float standard = (raw - model.InputMeans[channel]) * model.InputInverseScales[channel];
                if (clip > 0) standard = Math.Clamp(standard, -clip, clip);
                errors[step] += Math.Abs(standard - forecasts[(step - 1) * channels + channel]) / channels;
            }
        }
        return errors;
    }

    /// <summary>One span per segment.</summary>
    public static IReadOnlyList<ErrorSpan> PerSegment(float[] errors, DemoDescription demo) =>
        [.. demo.Segments.Select((segment, i) => Span(errors, demo, segment.Name, segment.StartS,
            i + 1 < demo.Segments.Count ? demo.Segments[i + 1].StartS : errors.Length / demo.RateHz))];

    /// <summary>Spans of equal length.</summary>
    public static IReadOnlyList<ErrorSpan> Every(double seconds, float[] errors, DemoDescription demo)
    {
        List<ErrorSpan> spans = [];
        double end = errors.Length / demo.RateHz;
        for (double start = 0; start < end; start += seconds)
        {
            string segment = demo.Segments.Last(candidate => candidate.StartS <= start).Name;
            spans.Add(Span(errors, demo, segment, start, Math.Min(end, start + seconds)));
        }
        return spans;
    }

    private static ErrorSpan Span(float[] errors, DemoDescription demo, string segment, double startS, double endS)
    {
        int from = (int)(startS * demo.RateHz), to = (int)(endS * demo.RateHz);
        double mean = errors.Take(from..to).Where(error => !float.IsNaN(error)).Average(error => (double)error);
        return new ErrorSpan(segment, startS, endS, mean);
    }
}
