using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Detect;

/// <summary>The matrix of a Mahalanobis distance from errors of a normal period.</summary>
internal static class Whitening
{
    /// <summary>
    /// The share of the diagonal alone in the covariance: few errors show correlations that are not there, and their inverse would
    /// make much of them.
    /// </summary>
    public const double Shrinkage = 0.1;

    private const double LeastVariance = 1e-6;   // a channel that is forecast without error, against an infinite weight
    private const double LargestEntry = 1023;    // the runtime takes magnitudes up to 1024

    /// <summary>
    /// L, lower triangular, with L' L = S^-1, row by row [channels * (channels + 1) / 2], S being the shrunk second moments. The errors are
    /// not centred: an error that is always there is not normal only because it is always there, unless they were normalised before.
    /// </summary>
    /// <param name="errors">[steps][channels], at least one step.</param>
    public static float[] Of(IReadOnlyList<double[]> errors)
    {
        int channels = errors[0].Length;
        double[,] moments = new double[channels, channels];
        foreach (double[] row in errors)
        {
            for (int i = 0; i < channels; i++)
            {
                for (int j = 0; j <= i; j++) moments[i, j] += row[i] * row[j] / errors.Count;
            }
        }
        double floor = LeastVariance;
        while (true)
        {
            double[] lower = Invert(Cholesky(moments, channels, floor), channels);
            if (lower.All(entry => Math.Abs(entry) <= LargestEntry)) return [.. lower.Select(entry => (float)entry)];
            floor *= 4;
        }
    }

    // S = C C' with C lower triangular.
    private static double[,] Cholesky(double[,] moments, int size, double floor)
    {
        double[,] factor = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? moments[i, i] + floor : (1 - Shrinkage) * moments[i, j];
                for (int k = 0; k < j; k++) sum -= factor[i, k] * factor[j, k];
                factor[i, j] = i == j ? Math.Sqrt(Math.Max(sum, floor / 2)) : sum / factor[j, j];
            }
        }
        return factor;
    }

    // S^-1 = C'^-1 C^-1, so L = C^-1.
    private static double[] Invert(double[,] factor, int size)
    {
        double[] inverse = new double[size * (size + 1) / 2];
        for (int column = 0; column < size; column++)
        {
            for (int row = column; row < size; row++)
            {
                double sum = row == column ? 1 : 0;
                for (int k = column; k < row; k++) sum -= factor[row, k] * inverse[k * (k + 1) / 2 + column];
                inverse[row * (row + 1) / 2 + column] = sum / factor[row, row];
            }
        }
        return inverse;
    }
}
