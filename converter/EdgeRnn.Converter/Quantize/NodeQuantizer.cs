using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Converter.Quantize.Rounding;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>Turns the layers of one graph into integers, in their order.</summary>
internal sealed partial class NodeQuantizer
{
    private const int GateBits = QuantizedLimits.GateBits;

    private readonly GraphPart _part;
    private readonly ValueRanges _ranges;
    private readonly QuantizationSettings _settings;
    private readonly InputStatistics? _inputs;
    private readonly List<int> _valueBits = [];
    private readonly List<QuantizedWeights> _weights = []; // of the layer at hand
    private RoundingStyle? _style;                          // of the layer at hand; null for plain rounding

    /// <param name="part">Which graph.</param>
    /// <param name="ranges">Of its signals.</param>
    /// <param name="settings">Schemes of the layers.</param>
    /// <param name="inputs">What the weights multiplied during the calibration, or null.</param>
    /// <param name="inputBits">Fraction bits of the graph's input.</param>
    public NodeQuantizer(GraphPart part, ValueRanges ranges, QuantizationSettings settings, InputStatistics? inputs,
        int inputBits)
    {
        _part = part;
        _ranges = ranges;
        _settings = settings;
        _inputs = inputs;
        _valueBits.Add(inputBits);
    }

    /// <summary>Quantizes the next layer.</summary>
    /// <param name="node">The layer.</param>
    /// <param name="outputBits">Fraction bits its output must have because it is only moved; null where its range decides.</param>
    public QuantizedNode Quantize(GraphNode node, int? outputBits)
    {
        Scheme scheme = SchemeOf(node);
        int bits = outputBits ?? OutputBits(node);
        QuantizedNode quantized = _inputs == null ? Quantize(node, scheme, bits, null) : _inputs.Choice.Choose(
            new RoundingChoice.Question(_part, _valueBits.Count - 1, scheme, bits, string.Join(' ', ColumnBits(node)), _ranges),
            style => Quantize(node, scheme, bits, style));
        _valueBits.Add(bits);
        return quantized;
    }

    private QuantizedNode Quantize(GraphNode node, Scheme scheme, int bits, RoundingStyle? style)
    {
        _weights.Clear();
        _style = style;
        LayerFields fields;
        GraphNode dequantized = node;
        if (scheme == Scheme.F32)
        {
            fields = LayerFields.Of(node, bits);
        }
        else
        {
            RequireIntegerForm(node);
            fields = new LayerFields(LayerFields.Of(node).Kind) { Scheme = scheme, OutputBits = bits };
            dequantized = Fill(node, fields);
        }
        return new QuantizedNode(node, dequantized, fields, [.. _weights]);
    }

    // Layers without weights only round once in integers; float is for those who ask for it by name.
    private Scheme SchemeOf(GraphNode node)
    {
        bool weightless = node is ActivationNode or PairwiseNode or ArgMaxNode;
        if (!weightless || _settings.Layers.ContainsKey(node.Name)) return _settings.Of(node.Name);
        return _settings.Default == Scheme.F32 ? Scheme.W8A16 : _settings.Default;
    }

    private int OutputBits(GraphNode node)
    {
        int range = _ranges.Of(_part, _valueBits.Count).FractionBits;
        return node switch
        {
            DenseNode dense => ActivationFormat.OutputBits(dense.Activation, range),
            ConvNode conv => ActivationFormat.OutputBits(conv.Activation, range),
            ActivationNode activation => ActivationFormat.OutputBits(activation.Activation, range),
            RnnNode rnn => ActivationFormat.OutputBits(rnn.Activation, range),
            LstmNode { Projection: null } => GateBits,
            GruNode gru => Math.Min(GateBits, ActivationFormat.OutputBits(gru.CandidateActivation, range)),
            EmbeddingNode embedding => ValueRange.FractionBitsFor(embedding.Table.Data.Max(value => Math.Abs((double)value))),
            ArgMaxNode => 0,
            _ => range,
        };
    }

    private GraphNode Fill(GraphNode node, LayerFields fields) => node switch
    {
        DenseNode dense => Fill(dense, fields),
        RnnNode rnn => Fill(rnn, fields),
        LstmNode lstm => Fill(lstm, fields),
        GruNode gru => Fill(gru, fields),
        EmbeddingNode embedding => Fill(embedding, fields),
        ConvNode conv => Fill(conv, fields),
        ActivationNode activation => Fill(activation, fields),
        StandardiseNode standardise => Fill(standardise, fields),
        PairwiseNode pairwise => Keep(pairwise, fields.With(pairwise.Multiply ? 1 : 0)),
        _ => Keep(node, fields),
    };

    private static GraphNode Keep(GraphNode node, LayerFields _) => node;

    // Fraction bits of each feature a layer reads.
    private int[] ColumnBits(GraphNode node) =>
        [.. node.Inputs.SelectMany(segment => Enumerable.Repeat(_valueBits[segment.Value], segment.Length))];

    private static int[] Same(int bits, int count) => [.. Enumerable.Repeat(bits, count)];

    private QuantizedWeights Weights(GraphNode node, Scheme scheme, string name, Tensor matrix, int[] columnBits, int preBits,
        RowInputs? inputs)
    {
        // 16-bit weights err less than 16-bit values do.
        if (scheme == Scheme.W16A16) inputs = null;
        QuantizedWeights weights = new WeightQuantizer(node.Name, scheme).Quantize(name, matrix, columnBits, preBits, inputs);
        _weights.Add(weights);
        return weights;
    }

    // What the rows of a matrix multiply, part by part.
    private RowInputs? Inputs(Tensor? bias, params ProductKind[] parts) =>
        InputsOf(bias, parts.Select(kind => new ProductId(_part, _valueBits.Count, kind)));

    private RowInputs? GroupInputs(Tensor? bias, int groups) => InputsOf(bias, Enumerable.Range(0, groups)
        .Select(group => new ProductId(_part, _valueBits.Count, ProductKind.Input, group)));

    private RowInputs? InputsOf(Tensor? bias, IEnumerable<ProductId> products) => _inputs == null || _style == null ? null
        : new RowInputs([.. products.Select(_inputs.Of)], bias != null, _style);

    // The bias with what it takes over from the rows of a matrix, from one of its elements on.
    private static Tensor? Correct(Tensor? bias, QuantizedWeights? weights, int firstRow = 0, int count = int.MaxValue,
        int at = 0)
    {
        if (bias == null || weights == null) return bias;
        float[] values = [.. bias.Data];
        count = Math.Min(count, weights.BiasCorrections.Length - firstRow);
        for (int i = 0; i < count; i++) values[at + i] = (float)(values[at + i] + weights.BiasCorrections[firstRow + i]);
        return new Tensor(values, bias.Shape);
    }

    // Numbers that are used one by one.
    private QuantizedWeights Elements(GraphNode node, Scheme scheme, string name, Tensor matrix, int preBits)
    {
        QuantizedWeights weights = new WeightQuantizer(node.Name, scheme, sums: false).Quantize(name, matrix, Same(0, matrix.Shape[1]), preBits);
        _weights.Add(weights);
        return weights;
    }

    private int PreBits(Activation function, int outputBits)
    {
        SignalId signal = new(_part, _valueBits.Count, Signal.PreActivation);
        double magnitude = _ranges.Signals.TryGetValue(signal, out ValueRange range) ? range.Magnitude : 0;
        return ActivationFormat.PreActivationBits(function, outputBits, magnitude);
    }

    private static StoredTensor? Integers(Tensor? tensor, int fractionBits) => tensor == null ? null
        : StoredTensor.Of(Array.ConvertAll(tensor.Data, value => FixedPointMap.Fixed(value, fractionBits)), fractionBits);

    private static Tensor? Rounded(Tensor? tensor, int fractionBits) => tensor == null ? null
        : new Tensor(Array.ConvertAll(tensor.Data, value => (float)Math.ScaleB(FixedPointMap.Fixed(value, fractionBits), -fractionBits)),
            tensor.Shape);
}
