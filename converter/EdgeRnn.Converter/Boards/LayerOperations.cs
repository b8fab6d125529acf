using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Boards;

/// <summary>
/// Interpreted operations of one step of a layer: its products, and what a layer of its kind takes besides, for itself and for each
/// element. The figures were fitted to counts of the shared source; a test holds them near to counts of other layers.
/// </summary>
internal static class LayerOperations
{
    private const double _call = 100, _perTap = 100, _perGroup = 150, _perPiece = 90;

    /// <summary>One step.</summary>
    /// <param name="layer">Of a model loaded as on a device.</param>
    /// <param name="pieces">Values it reads.</param>
    public static double Of(Layer layer, int pieces)
    {
        object[] parts = [.. DeviceHeap.Reach(layer)];
        double total = _call + parts.OfType<WeightMatrix>().Sum(ProductOperations.Of) +
            parts.OfType<QuantizedMatrix>().Sum(ProductOperations.Of) + (pieces > 1 ? _perPiece * pieces : 0) +
            parts.OfType<ConvHistory>().Sum(history => _perTap * history.KernelSize + _perGroup * (history.Groups - 1));
        if (layer is QuantizedLayer quantized) return total + Integer(quantized, parts);
        if (layer is not FloatIsland) return total + Float(layer, parts);
        // The island's own conversions on both sides.
        Layer inner = parts.OfType<Layer>().First(part => part != layer);
        return total + Float(inner, parts) + 300 + 60.0 * layer.InputSize + 90.0 * layer.OutputSize;
    }

    private static double Integer(QuantizedLayer layer, object[] parts)
    {
        double outputs = layer.OutputSize, inputs = layer.InputSize, total = 0;
        // Inputs rounded to 8 bits, by every product for itself.
        if (layer.Scheme == Scheme.W8A8)
            total += parts.OfType<QuantizedMatrix>().Sum(matrix => 70 + 38.0 * ColumnsOf(matrix));
        // Softmax, a curve, a straight line or both; else comparisons.
        double element = parts.OfType<IntegerSoftmax>().Any() ? 142
            : 32 + (parts.OfType<GateFunction>().Any() ? 31 : 0) + (parts.OfType<FixedPointMap>().Any() ? 90 : 0);
        return total + layer switch
        {
            QuantizedDenseLayer => 415 + element * outputs,
            QuantizedConvLayer => 900 + element * outputs,
            QuantizedRnnLayer => 500 + element * outputs,
            QuantizedGruLayer => 900 + (230 + element) * outputs,
            QuantizedLstmLayer => Lstm(parts, CellSize(layer), element),
            QuantizedEmbeddingLayer => 175 + outputs,
            QuantizedActivationLayer => 410 + (element + 80) * outputs,
            QuantizedStandardiseLayer => 220 + 136 * outputs,
            QuantizedPairwiseLayer => 210 + 64 * inputs,
            _ => 5 + 78 * inputs,
        };
    }

    private static double Lstm(object[] parts, int cellSize, double element)
    {
        double total = 1080 + (379 + element) * cellSize;
        if (parts.OfType<QuantizedPeepholes>().Any()) total += 270 + 235.0 * cellSize;
        return parts.OfType<QuantizedMatrix>().Count() > 2 ? total + 200 + 45.0 * cellSize : total;
    }

    private static double Float(Layer layer, object[] parts)
    {
        double outputs = layer.OutputSize;
        double element = parts.OfType<ActivationFunction>().Select(Element).DefaultIfEmpty(0).Max();
        return layer switch
        {
            DenseLayer => 215 + element * outputs,
            ConvLayer => 750 + element * outputs,
            RnnLayer => 245 + element * outputs,
            GruLayer => 440 + (61 + 3 * element) * outputs,
            LstmLayer => 830 + (49 + 5 * element) * CellSize(layer),
            EmbeddingLayer => 120 + outputs,
            ActivationLayer => 170 + element * outputs,
            StandardiseLayer => 105 + 29 * outputs,
            PairwiseLayer => 95 + 24.0 * layer.InputSize,
            _ => 50 + 35.0 * layer.InputSize,
        };
    }

    private static double Element(ActivationFunction function) => function.Kind switch
    {
        ActivationKind.Linear => 0,
        ActivationKind.Tanh => 94,
        ActivationKind.Sigmoid => 99,
        ActivationKind.Softmax => 115,
        ActivationKind.Relu => 42,
        ActivationKind.HardSigmoid or ActivationKind.LeakyRelu or ActivationKind.ThresholdedRelu or ActivationKind.Clip => 71,
        _ => 165,
    };

    // h and c, and in integers what c leaves over.
    private static int CellSize(Layer layer) =>
        layer is QuantizedLayer ? (layer.StateSize - layer.OutputSize) / 2 : layer.StateSize - layer.OutputSize;

    private static int ColumnsOf(QuantizedMatrix matrix)
    {
        int columns = 0;
        foreach (RowPairs pairs in matrix.Pairs) columns += pairs.Columns;
        foreach (QuantizedBlock block in matrix.Blocks) columns += block.ColumnCount;
        return columns;
    }
}
