using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize.Reference;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>
/// What the weight matrices of a model multiplied during a calibration: mean and products of the columns. With it weights are
/// rounded so that their errors cancel on inputs like these.
/// </summary>
public sealed class InputStatistics : IProductObserver
{
    // 128 MB in all; what comes later keeps the squares only.
    private const long MaxProducts = 16 * 1024 * 1024;

    private readonly Dictionary<ProductId, InputMoments> _moments = [];
    private readonly RoundingTrials _trials;
    private long _products; // kept so far

    /// <param name="graph">The model.</param>
    /// <param name="steps">Steps of the calibration.</param>
    internal InputStatistics(RecurrentGraph graph, long steps)
    {
        _trials = new RoundingTrials(graph, steps);
        Choice = new RoundingChoice(_trials);
    }

    /// <summary>How the layers of the model are rounded.</summary>
    internal RoundingChoice Choice { get; }

    /// <inheritdoc/>
    public void Observe(ProductId product, ReadOnlySpan<double> x)
    {
        if (!_moments.TryGetValue(product, out InputMoments? moments)) _moments[product] = moments = Create(x.Length);
        moments.Add(x);
    }

    /// <summary>Tells what the model reads next, standardised; null for the beginning of a sequence.</summary>
    internal void AddStep(double[]? row)
    {
        if (row == null) _trials.AddReset();
        else _trials.Add(row);
    }

    /// <summary>Ends the calibration; after that nothing changes.</summary>
    internal void Complete()
    {
        foreach (InputMoments moments in _moments.Values) moments.Flush();
    }

    /// <summary>The moments of a product, or null where it never ran or all its inputs were zero.</summary>
    internal InputMoments? Of(ProductId product) =>
        _moments.GetValueOrDefault(product) is { IsSilent: false } moments ? moments : null;

    private InputMoments Create(int columns)
    {
        long products = (long)columns * columns;
        bool isFull = columns <= InputMoments.MaxFullColumns && _products + products <= MaxProducts;
        if (isFull) _products += products;
        return new InputMoments(columns, isFull);
    }
}
