using System;

namespace EdgeRnn.Tests.Detection;

/// <summary>Random scores in fixed point, from a seed.</summary>
internal sealed class ScoreStream(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => _random.NextDouble();

    public int Int(int least, int end) => _random.Next(least, end);

    /// <summary>Any score, the extremes among them.</summary>
    public int Any()
    {
        int largest = 1 << _random.Next(1, 31);
        return (int)_random.NextInt64(-(long)largest, largest + 1L);
    }

    /// <summary>Mean 0, deviation 1.</summary>
    public double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Mean 1.</summary>
    public double Exponential() => -Math.Log(1 - Uniform());

    /// <summary>Generalised Pareto with scale 1.</summary>
    public double Pareto(double gamma) => (Math.Pow(1 - Uniform(), -gamma) - 1) / gamma;

    /// <summary>By name: exponential, gaussian (5 + a Gaussian), heavy (gamma 0.3), light (gamma -0.3), shifted (below 0).</summary>
    public double Next(string distribution) => distribution switch
    {
        "exponential" => Exponential(),
        "gaussian" => 5 + Gaussian(),
        "heavy" => Pareto(0.3),
        "light" => Pareto(-0.3),
        "negative" => -20 + Gaussian(),
        _ => throw new ArgumentException(distribution),
    };
}
