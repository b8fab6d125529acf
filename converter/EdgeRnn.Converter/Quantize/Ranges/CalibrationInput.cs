using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize.Reference;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>A recording as a model's input: standardised, without the steps that have missing or infinite values.</summary>
internal sealed class CalibrationInput
{
    private const int MedianSamples = 8192;

    private readonly Preprocessing? _preprocessing;
    private readonly StepArray _recording;
    private readonly int _features;

    public CalibrationInput(RecurrentGraph graph, StepArray recording)
    {
        if (recording.Features != graph.Main.InputSize)
        {
            throw new ConversionException($"calibration: {recording.Features} features per step, the model reads " +
                $"{graph.Main.InputSize}; choose the channels the model was trained on");
        }
        _preprocessing = graph.Preprocessing;
        _recording = recording;
        _features = recording.Features;
        foreach (double[]? row in Rows(1))
        {
            if (row == null) continue;
            Steps++;
            Statistics.Add(row);
        }
        SkippedSteps = (long)recording.Steps * recording.Sequences.Count - Steps;
        if (Steps == 0)
        {
            throw new ConversionException($"calibration: all {SkippedSteps} steps have missing or infinite values; " +
                "expected a recording with numbers in every channel");
        }
    }

    /// <summary>Steps without missing or infinite values.</summary>
    public long Steps { get; }

    /// <summary>The other steps.</summary>
    public long SkippedSteps { get; }

    /// <summary>Of all values of the good steps.</summary>
    public RangeStatistics Statistics { get; } = new();

    /// <summary>The good steps of the recording.</summary>
    /// <param name="stride">1 for all, n for every n-th step.</param>
    /// <returns>[features], the same array for every step, or null between two sequences.</returns>
    public IEnumerable<double[]?> Rows(long stride)
    {
        double[] row = new double[_features];
        long at = 0;
        foreach (float[] sequence in _recording.Sequences)
        {
            for (int offset = 0; offset < sequence.Length; offset += _features)
            {
                if (at++ % stride == 0 && TryRead(sequence.AsSpan(offset, _features), row)) yield return row;
            }
            yield return null;
        }
    }

    /// <summary>[features] the usual level of each channel.</summary>
    public ChannelLevel[] Levels()
    {
        ChannelLevel[] levels = [.. Medians().Select(median => new ChannelLevel(median))];
        foreach (double[]? row in Rows(1))
        {
            for (int i = 0; row != null && i < levels.Length; i++) levels[i].Add(row[i]);
        }
        foreach (ChannelLevel level in levels) level.End();
        return levels;
    }

    // Of evenly spread steps where there are many.
    private IEnumerable<double> Medians()
    {
        long steps = Steps + SkippedSteps, stride = (steps + MedianSamples - 1) / MedianSamples;
        double[][] rows = [.. Rows(stride).OfType<double[]>().Select(row => (double[])row.Clone())];
        for (int channel = 0; channel < _features; channel++)
        {
            double[] samples = Array.ConvertAll(rows, row => row[channel]);
            Array.Sort(samples);
            yield return samples.Length == 0 ? 0 : samples[samples.Length / 2];
        }
    }

    private bool TryRead(ReadOnlySpan<float> raw, double[] row)
    {
        bool finite = true;
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = _preprocessing == null ? raw[i] : ReferenceRun.Standardise(_preprocessing, raw[i], i);
            finite &= double.IsFinite(row[i]) && float.IsFinite(raw[i]);
        }
        return finite;
    }
}
