using System;
using System.Numerics;

namespace EdgeRnn.Simulator;

/// <summary>
/// Chance that is a function: the same seed, stream and index give the same bits, in whatever order they are asked for. The hash is
/// the mixing step of SplitMix64 (Steele, Lea, Flood 2014, "Fast Splittable Pseudorandom Number Generators"), over a counter.
/// </summary>
/// <param name="seed">Of the source.</param>
/// <param name="stream">Which of the source's noises; two streams share nothing.</param>
public sealed class SourceNoise(ulong seed, int stream)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    // Of 64 bits each 0 or 1, a variance of 16, and of two numbers even between 0 and 1, one of 1/12 each.
    private const double GaussDeviation = 4.020779360604941;

    private readonly ulong _key = Mix(Mix(seed + GoldenGamma) ^ Mix(GoldenGamma * ((ulong)stream + 1)));

    /// <summary>64 bits.</summary>
    /// <param name="index">Which.</param>
    public ulong Bits(long index) => Mix(Mix(_key + GoldenGamma * (ulong)index) ^ _key);

    /// <summary>A number from 0 up to, but not including, 1, all as likely.</summary>
    /// <param name="index">Which.</param>
    public double Uniform(long index) => (Bits(index) >> 11) * (1.0 / (1L << 53));

    /// <summary>A number between two.</summary>
    /// <param name="index">Which.</param>
    /// <param name="least">The least.</param>
    /// <param name="most">What it stays below.</param>
    public double Between(long index, double least, double most) => least + Uniform(index) * (most - least);

    /// <summary>
    /// A number close to normally distributed, mean 0, deviation 1, never beyond 8.3: how many of 64 bits are set (a binomial, by de
    /// Moivre and Laplace close to a Gaussian; its kurtosis is 2.97) plus two even numbers that fill what is between whole ones.
    /// </summary>
    /// <param name="index">Which.</param>
    public double Gauss(long index)
    {
        ulong bits = Bits(index), fill = Mix(bits + GoldenGamma);
        double whole = BitOperations.PopCount(bits) - 32;
        double part = ((fill >> 32) + (fill & 0xFFFFFFFF)) * (1.0 / 4294967296.0) - 1;
        return (whole + part) / GaussDeviation;
    }

    /// <summary>
    /// A smooth wandering line: a <see cref="Gauss"/> at each multiple of a period, and a cubic in between. Its deviation is 1 at
    /// those, 0.71 half-way.
    /// </summary>
    /// <param name="atMicros">Time in microseconds.</param>
    /// <param name="periodMicros">The period, above 0.</param>
    public double Slow(long atMicros, long periodMicros)
    {
        long index = Math.DivRem(atMicros, periodMicros, out long rest);
        double part = (double)rest / periodMicros, weight = part * part * (3 - 2 * part);
        return Gauss(index) * (1 - weight) + Gauss(index + 1) * weight;
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
