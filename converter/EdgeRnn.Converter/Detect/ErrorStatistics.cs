using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>How the channels of a score behave in a normal recording: what calibration weighs and whitens them by.</summary>
public sealed class ErrorStatistics
{
    /// <summary>
    /// What off-diagonal correlations are reduced by: few steps and channels that go together would leave directions of almost no
    /// variance, in which everything looks unusual.
    /// </summary>
    public const double Shrinkage = 0.1;

    // One unit of a detector's numbers: a channel that never errs is not divided by nothing.
    private const double SmallestDeviation = 1.0 / 65536;

    private readonly double[][] _moments; // mean of e_i e_j

    private ErrorStatistics(double[][] moments, int steps)
    {
        _moments = moments;
        Steps = steps;
    }

    /// <summary>Steps with errors that were looked at.</summary>
    public int Steps { get; }

    /// <summary>The root mean square of each channel's error.</summary>
    public IReadOnlyList<double> Deviations => [.. _moments.Select((row, i) => Math.Max(Math.Sqrt(row[i]), SmallestDeviation))];

    /// <summary>Watches the errors of a detector over a recording.</summary>
    /// <param name="model">The network.</param>
    /// <param name="settings">
    /// Kind, lead, level and smoothing of the errors, and what the sensors can give; weights, whitening and thresholds do not matter.
    /// </param>
    /// <param name="rows">[rows][channels] raw.</param>
    /// <param name="firstRow">Rows before it let the network settle.</param>
    /// <exception cref="ConversionException">No step has errors.</exception>
    public static ErrorStatistics Of(Model model, DetectorSettings settings, IReadOnlyList<float[]> rows, int firstRow) =>
        Watch(model, Bare(settings), rows, firstRow);

    /// <summary>Watches them as they are combined: normalised, weighted and bounded where the settings say so.</summary>
    /// <inheritdoc cref="Of"/>
    public static ErrorStatistics AsCombined(Model model, DetectorSettings settings, IReadOnlyList<float[]> rows, int firstRow)
    {
        DetectorSettings watched = Bare(settings);
        watched.NormaliseChannels = settings.NormaliseChannels;
        watched.ChannelSteps = settings.ChannelSteps;
        watched.Weights = settings.Weights;
        watched.ErrorClip = settings.ErrorClip;
        return Watch(model, watched, rows, firstRow);
    }

    private static ErrorStatistics Watch(Model model, DetectorSettings settings, IReadOnlyList<float[]> rows, int firstRow)
    {
        Detector detector = new(model, settings, counts: false);
        int channels = detector.ChannelCount, steps = 0;
        double[][] sums = [.. Enumerable.Range(0, channels).Select(_ => new double[channels])];
        for (int row = 0; row < rows.Count; row++)
        {
            detector.Step(rows[row], 0);
            if (row < firstRow || !detector.HasScore || detector.IsBlind) continue;
            double[] errors = Array.ConvertAll(detector.ErrorBits, bits => bits / 65536.0);
            for (int i = 0; i < channels; i++)
            {
                for (int j = 0; j < channels; j++) sums[i][j] += errors[i] * errors[j];
            }
            steps++;
        }
        if (steps == 0)
        {
            throw new ConversionException($"calibration: {rows.Count} rows give no score after the first {firstRow}; " +
                "give a longer normal recording");
        }
        foreach (double[] row in sums)
        {
            for (int j = 0; j < channels; j++) row[j] /= steps;
        }
        return new ErrorStatistics(sums, steps);
    }

    /// <summary>1 / deviation of each channel, within what settings allow.</summary>
    public float[] Weights() => [.. Deviations.Select(deviation => (float)Math.Min(1 / deviation, DetectorChecks.MaxWeight))];

    /// <summary>
    /// The lower triangular L with L' L = S^-1, row by row, for <see cref="DetectorSettings.Whitening"/>: the inverse of the Cholesky
    /// factor of the correlations, off-diagonals reduced by <see cref="Shrinkage"/>, times 1 / deviation.
    /// </summary>
    public float[] Whitening()
    {
        double[] deviations = [.. Deviations];
        int size = deviations.Length;
        double[][] inverse = InverseOfLower(Cholesky(Correlations(deviations)));
        List<float> rows = [];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
                rows.Add((float)Math.Clamp(inverse[i][j] / deviations[j], -DetectorChecks.MaxWeight, DetectorChecks.MaxWeight));
        }
        return [.. rows];
    }

    private double[][] Correlations(double[] deviations) =>
        [.. _moments.Select((row, i) => row.Select((moment, j) =>
            i == j ? 1 : (1 - Shrinkage) * moment / (deviations[i] * deviations[j])).ToArray())];

    private static double[][] Cholesky(double[][] matrix)
    {
        int size = matrix.Length;
        double[][] lower = [.. Enumerable.Range(0, size).Select(_ => new double[size])];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) sum -= lower[i][k] * lower[j][k];
                lower[i][j] = i == j ? Math.Sqrt(sum) : sum / lower[j][j];
            }
        }
        return lower;
    }

    private static double[][] InverseOfLower(double[][] lower)
    {
        int size = lower.Length;
        double[][] inverse = [.. Enumerable.Range(0, size).Select(_ => new double[size])];
        for (int column = 0; column < size; column++)
        {
            for (int i = column; i < size; i++)
            {
                double sum = i == column ? 1 : 0;
                for (int k = column; k < i; k++) sum -= lower[i][k] * inverse[k][column];
                inverse[i][column] = sum / lower[i][i];
            }
        }
        return inverse;
    }

    // Errors as they are, from the first step on.
    private static DetectorSettings Bare(DetectorSettings settings) => new()
    {
        Kind = settings.Kind,
        Lead = settings.Lead,
        NormalClass = settings.NormalClass,
        AddLevel = settings.AddLevel,
        Targets = settings.Targets,
        Smoothing = settings.Smoothing,
        SmoothChannels = settings.SmoothChannels,
        Sensors = settings.Sensors,
        WarmUpSteps = 0,
        Threshold = ThresholdMethod.Fixed,
        Level = 1,
    };
}
