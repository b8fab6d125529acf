using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Rounding;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantize.Rounding;

/// <summary>A random matrix, rounded with and without knowledge of its inputs.</summary>
internal sealed class RoundingCase
{
    private const int InputBits = 12, PreBits = 15;

    private readonly Scheme _scheme;

    public RoundingCase(Scheme scheme, int rows, int columns, int seed)
    {
        _scheme = scheme;
        Random random = new(seed);
        Matrix = new Tensor([.. Enumerable.Range(0, rows * columns).Select(_ => (float)(2 * random.NextDouble() - 1))], rows, columns);
        Samples = new ProductSamples(columns, seed + 1);
    }

    public Tensor Matrix { get; init; }

    public ProductSamples Samples { get; }

    public int Rows => Matrix.Shape[0];

    public int Columns => Matrix.Shape[1];

    public QuantizedWeights Plain() => Round(null);

    public QuantizedWeights Calibrated(IEnumerable<double[]> steps, bool hasBias = true, bool isFull = true) =>
        Round(new RowInputs([ProductSamples.Moments(steps, Columns, isFull)], hasBias, RoundingStyle.Usual));

    /// <summary>Mean over steps and rows of the square of what rounding does to the product, the bias corrected.</summary>
    public double Error(QuantizedWeights rounded, IReadOnlyCollection<double[]> steps) =>
        Enumerable.Range(0, Rows).Average(row => Error(rounded, row, steps));

    /// <summary>The same of one row.</summary>
    public double Error(QuantizedWeights rounded, int row, IReadOnlyCollection<double[]> steps) => steps.Average(x =>
    {
        double sum = rounded.BiasCorrections[row];
        for (int i = 0; i < Columns; i++)
            sum += ((double)rounded.Dequantized.Data[row * Columns + i] - Matrix.Data[row * Columns + i]) * x[i];
        return sum * sum;
    });

    private QuantizedWeights Round(RowInputs? inputs) => new WeightQuantizer("layer", _scheme)
        .Quantize("weights", Matrix, [.. Enumerable.Repeat(InputBits, Columns)], PreBits, inputs);
}
