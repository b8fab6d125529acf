using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Measure;

/// <summary>
/// What this machine would take at least for a step of a model, were there nothing but its weights to read, and nothing but its products
/// to reckon: two loops to measure beside the step, in turns.
/// </summary>
public sealed class MachineLimits
{
    private readonly ProductLimit[] _products;

    /// <param name="weightBytes">Bytes of weights a step reads.</param>
    /// <param name="products">The matrices of a step.</param>
    public MachineLimits(int weightBytes, IEnumerable<ProductLimit> products)
    {
        Stream = new StreamLimit(weightBytes);
        _products = [.. products];
    }

    /// <summary>Reads the weights.</summary>
    public StreamLimit Stream { get; }

    /// <summary>Whether a model has weights and products, without which there are no limits.</summary>
    public static bool Exist(Model model) => model.WeightBytes > 0 && model.Layers.Any(layer => Shape(layer).Rows > 0);

    /// <summary>The limits of a step in which each layer runs once; all its weights, biases and scales as they lie in the file are read.</summary>
    /// <param name="model">One whose limits <see cref="Exist"/>.</param>
    public static MachineLimits Of(Model model) => new(model.WeightBytes,
        model.Layers.Select(layer => (Shape(layer), layer.Scheme)).Where(layer => layer.Item1.Rows > 0)
            .Select(layer => new ProductLimit(layer.Item1.Rows, layer.Item1.Columns, layer.Scheme)));

    /// <summary>Multiplies the matrices of a step, one after the other.</summary>
    /// <param name="times">How often.</param>
    public void RunProducts(int times)
    {
        if (_products.Length == 1)
        {
            _products[0].Run(times);
            return;
        }
        for (; times > 0; times--)
        {
            foreach (ProductLimit product in _products) product.Run(1);
        }
    }

    // Gates times units of a cell, whose columns are its input and its state; else what gives a layer's multiply-accumulates, to a row.
    private static (int Rows, int Columns) Shape(LayerInfo layer)
    {
        bool isCell = layer.Kind.StartsWith("gru", StringComparison.Ordinal) || layer.Kind.StartsWith("lstm", StringComparison.Ordinal) ||
            layer.Kind.StartsWith("rnn", StringComparison.Ordinal);
        int columns = isCell ? layer.InputSize + layer.OutputSize : layer.InputSize;
        long rows = layer.MacsPerStep / columns;
        return ((int)(isCell && rows >= layer.OutputSize ? rows / layer.OutputSize * layer.OutputSize : rows), columns);
    }
}
