using System;
using System.Linq;

namespace EdgeRnn.Tests;

/// <summary>Activations and products in double precision.</summary>
internal static class SecondMath
{
    public static double[] Apply(SecondActivation f, double[] x)
    {
        if (f.Kind != 6) return Array.ConvertAll(x, value => Apply(f, value));
        double most = x.Max();
        double sum = x.Sum(value => Math.Exp(value - most));
        return Array.ConvertAll(x, value => Math.Exp(value - most) / sum);
    }

    public static double Apply(SecondActivation f, double x) => f.Kind switch
    {
        0 => x,
        1 => Math.Max(x, 0),
        2 => x >= 0 ? x : f.Alpha * x,
        3 => 1 / (1 + Math.Exp(-x)),
        4 => Math.Min(Math.Max(f.Alpha * x + f.Beta, 0), 1),
        5 => Math.Tanh(x),
        7 => f.Alpha * x + f.Beta,
        8 => x > f.Alpha ? x : 0,
        9 => f.Alpha * Math.Tanh(f.Beta * x),
        10 => x >= 0 ? x : f.Alpha * (Math.Exp(x) - 1),
        11 => x / (1 + Math.Abs(x)),
        12 => x > 0 ? x + Math.Log(1 + Math.Exp(-x)) : Math.Log(1 + Math.Exp(x)),
        13 => Math.Min(Math.Max(x, f.Alpha), f.Beta),
        _ => throw new InvalidOperationException(),
    };

    public static double Clip(double x, float clip) => clip == 0 ? x : Math.Clamp(x, -clip, clip);

    /// <summary>Row <paramref name="row"/> of a [rows, x.Length] matrix times x.</summary>
    public static double Dot(float[] matrix, int row, double[] x)
    {
        double sum = 0;
        for (int column = 0; column < x.Length; column++) sum += matrix[row * x.Length + column] * x[column];
        return sum;
    }
}
