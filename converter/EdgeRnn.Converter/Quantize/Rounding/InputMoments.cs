using System;
using System.Numerics;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>
/// Weighted sums of x and x x^T over the steps of a calibration. A step counts less the further its energy |x|^2 lies above what
/// is usual, so that no single step decides. Sums run in one order whatever the vector width: the same bits on every machine.
/// </summary>
internal sealed class InputMoments
{
    /// <summary>Wider inputs keep the squares of single columns only.</summary>
    public const int MaxFullColumns = 1024;

    private const int BatchSteps = 64;
    private const double UsualShare = 0.9;
    private const double LargestEnergy = 4; // times the usual one

    private readonly double[] _batch;    // [BatchSteps, Columns]
    private readonly double[] _energies; // [BatchSteps]
    private readonly double[] _sums;     // [Columns]
    private readonly double[] _products; // [Columns, Columns], below and on the diagonal; [Columns] where it is all there is
    private double _usualEnergy;
    private int _filled;

    /// <param name="columns">Length of x.</param>
    /// <param name="isFull">Whether to keep the products of different columns.</param>
    public InputMoments(int columns, bool isFull)
    {
        Columns = columns;
        IsFull = isFull;
        _batch = new double[BatchSteps * columns];
        _energies = new double[BatchSteps];
        _sums = new double[columns];
        _products = new double[isFull ? columns * columns : columns];
    }

    /// <summary>Length of x.</summary>
    public int Columns { get; }

    /// <summary>Whether products of different columns are known.</summary>
    public bool IsFull { get; }

    /// <summary>Sum of the weights of the steps: at most their number.</summary>
    public double Weight { get; private set; }

    /// <summary>Whether all of x was always zero, or no step was added.</summary>
    public bool IsSilent => _usualEnergy == 0;

    /// <summary>Adds a step; one with numbers that are not finite is left out.</summary>
    public void Add(ReadOnlySpan<double> x)
    {
        double energy = 0;
        foreach (double value in x) energy += value * value;
        if (!double.IsFinite(energy)) return;
        x.CopyTo(_batch.AsSpan(_filled * Columns));
        _energies[_filled++] = energy;
        if (_filled == BatchSteps) Flush();
    }

    /// <summary>Takes in the steps that still wait for a full batch.</summary>
    public void Flush()
    {
        _usualEnergy = Math.Max(_usualEnergy, UsualEnergyOfBatch());
        for (int step = 0; step < _filled; step++) AddWeighted(step);
        _filled = 0;
    }

    /// <summary>Mean of a column.</summary>
    public double Mean(int column) => _sums[column] / Weight;

    /// <summary>Mean of the product of two columns; 0 for different ones where only squares are kept.</summary>
    public double Product(int i, int j)
    {
        if (!IsFull) return i == j ? _products[i] / Weight : 0;
        return _products[Math.Max(i, j) * Columns + Math.Min(i, j)] / Weight;
    }

    // Silence says nothing about what is usual.
    private double UsualEnergyOfBatch()
    {
        double[] sorted = [.. _energies.AsSpan(0, _filled)];
        Array.Sort(sorted);
        int silent = 0;
        while (silent < sorted.Length && sorted[silent] == 0) silent++;
        int loud = sorted.Length - silent;
        return loud == 0 ? 0 : sorted[silent + (int)Math.Ceiling(UsualShare * loud) - 1];
    }

    private void AddWeighted(int step)
    {
        double limit = LargestEnergy * _usualEnergy;
        double weight = _energies[step] <= limit ? 1 : limit / _energies[step];
        Weight += weight;
        ReadOnlySpan<double> x = _batch.AsSpan(step * Columns, Columns);
        AddScaled(_sums, x, weight);
        for (int row = 0; row < Columns; row++)
        {
            double factor = weight * x[row];
            if (factor == 0) continue;
            if (IsFull) AddScaled(_products.AsSpan(row * Columns, row + 1), x, factor);
            else _products[row] += factor * x[row];
        }
    }

    /// <summary>sums += factor * x, over the length of the sums.</summary>
    public static void AddScaled(Span<double> sums, ReadOnlySpan<double> x, double factor)
    {
        int width = Vector<double>.Count, i = 0;
        for (; i <= sums.Length - width; i += width)
            (new Vector<double>(sums[i..]) + new Vector<double>(x[i..]) * factor).CopyTo(sums[i..]);
        for (; i < sums.Length; i++) sums[i] += x[i] * factor;
    }
}
