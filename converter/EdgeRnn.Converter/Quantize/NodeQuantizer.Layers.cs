using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

// One layer each: what the record of FORMAT.md wants, and the float layer the integers stand for.
internal sealed partial class NodeQuantizer
{
    private DenseNode Fill(DenseNode node, LayerFields fields)
    {
        int preBits = PreBits(node.Activation, fields.OutputBits);
        QuantizedWeights w = Weights(node, fields.Scheme, "weights", node.Weights, ColumnBits(node), preBits,
            Inputs(node.Bias, ProductKind.Input));
        Tensor? bias = Correct(node.Bias, w);
        fields.With(TensorRole.InputWeights, w.Stored).With(TensorRole.Bias, Integers(bias, preBits))
            .With(node.Activation).With(preBits);
        return node with { Weights = w.Dequantized, Bias = Rounded(bias, preBits) };
    }

    private RnnNode Fill(RnnNode node, LayerFields fields)
    {
        int preBits = PreBits(node.Activation, fields.OutputBits);
        QuantizedWeights w = Weights(node, fields.Scheme, "input weights", node.InputWeights, ColumnBits(node), preBits,
            Inputs(node.Bias, ProductKind.Input));
        QuantizedWeights u = Weights(node, fields.Scheme, "recurrent weights", node.RecurrentWeights,
            Same(fields.OutputBits, node.OutputSize), preBits, Inputs(node.Bias, ProductKind.Recurrent));
        Tensor bias = Correct(Correct(node.Bias, w), u)!;
        fields.With(TensorRole.InputWeights, w.Stored).With(TensorRole.RecurrentWeights, u.Stored)
            .With(TensorRole.Bias, Integers(bias, preBits))
            .With(TensorRole.InitialHidden, Integers(node.InitialHidden, fields.OutputBits))
            .With(node.Activation).With(node.PreActivationClip).With(preBits);
        return node with { InputWeights = w.Dequantized, RecurrentWeights = u.Dequantized, Bias = Rounded(bias, preBits)! };
    }

    private GruNode Fill(GruNode node, LayerFields fields)
    {
        int stateBits = StateBits(fields.OutputBits);
        ProductKind candidate = node.ResetAfter ? ProductKind.Recurrent : ProductKind.GatedRecurrent;
        QuantizedWeights w = Weights(node, fields.Scheme, "input weights", node.InputWeights, ColumnBits(node), GateBits,
            Inputs(node.Bias, ProductKind.Input));
        QuantizedWeights u = Weights(node, fields.Scheme, "recurrent weights", node.RecurrentWeights,
            Same(fields.OutputBits, node.OutputSize), GateBits,
            Inputs(node.Bias, ProductKind.Recurrent, ProductKind.Recurrent, candidate));
        Tensor bias = CorrectGru(node, w, u);
        fields.With(TensorRole.InputWeights, w.Stored).With(TensorRole.RecurrentWeights, u.Stored)
            .With(TensorRole.Bias, Integers(bias, GateBits))
            .With(TensorRole.InitialHidden, Integers(node.InitialHidden, stateBits))
            .With(node.GateActivation).With(node.CandidateActivation)
            .With(node.ResetAfter ? 1 : 0).With(node.PreActivationClip).With(stateBits);
        return node with { InputWeights = w.Dequantized, RecurrentWeights = u.Dequantized, Bias = Rounded(bias, GateBits)! };
    }

    // U_n has a bias of its own where the reset comes after the product.
    private static Tensor CorrectGru(GruNode node, QuantizedWeights w, QuantizedWeights u)
    {
        int size = node.OutputSize;
        Tensor bias = Correct(Correct(node.Bias, w), u, 0, 2 * size)!;
        return Correct(bias, u, 2 * size, size, (node.ResetAfter ? 3 : 2) * size)!;
    }

    // The wide state has twice the range of the 16-bit one and 14 bits more below.
    private static int StateBits(int outputBits) => Math.Clamp(outputBits + 14, GateBits, QuantizedLimits.MaxFractionBits);

    private LstmNode Fill(LstmNode node, LayerFields fields)
    {
        int projectionBits = node.Projection == null ? GateBits : PreBits(Activation.Linear, fields.OutputBits);
        QuantizedWeights w = Weights(node, fields.Scheme, "input weights", node.InputWeights, ColumnBits(node), GateBits,
            Inputs(node.Bias, ProductKind.Input));
        QuantizedWeights u = Weights(node, fields.Scheme, "recurrent weights", node.RecurrentWeights,
            Same(fields.OutputBits, node.OutputSize), GateBits, Inputs(node.Bias, ProductKind.Recurrent));
        QuantizedWeights? projection = node.Projection == null ? null
            : Weights(node, fields.Scheme, "projection", node.Projection, Same(GateBits, node.CellSize), projectionBits,
                Inputs(node.ProjectionBias, ProductKind.Projection));
        // Three numbers per unit: 16 bits cost little and keep slow cells exact.
        QuantizedWeights? peepholes = node.Peepholes == null ? null
            : Elements(node, Scheme.W16A16, "peepholes", node.Peepholes.Reshape(3, node.CellSize), 0);
        Tensor bias = Correct(Correct(node.Bias, w), u)!;
        Tensor? projectionBias = Correct(node.ProjectionBias, projection);
        fields.With(TensorRole.InputWeights, w.Stored).With(TensorRole.RecurrentWeights, u.Stored)
            .With(TensorRole.Bias, Integers(bias, GateBits))
            .With(TensorRole.Peepholes, peepholes?.Stored).With(TensorRole.Projection, projection?.Stored)
            .With(TensorRole.ProjectionBias, Integers(projectionBias, projectionBits))
            .With(TensorRole.InitialHidden, Integers(node.InitialHidden, fields.OutputBits))
            .With(TensorRole.InitialCell, Integers(node.InitialCell, QuantizedLimits.CellBits))
            .With(node.GateActivation).With(node.CellActivation).With(node.OutputActivation)
            .With((int)node.Coupling).With(node.PreActivationClip).With(node.CellSize).With(projectionBits);
        return node with
        {
            InputWeights = w.Dequantized,
            RecurrentWeights = u.Dequantized,
            Bias = Rounded(bias, GateBits)!,
            Peepholes = peepholes?.Dequantized.Reshape(3 * node.CellSize),
            Projection = projection?.Dequantized,
            ProjectionBias = Rounded(projectionBias, projectionBits),
        };
    }

    private EmbeddingNode Fill(EmbeddingNode node, LayerFields fields)
    {
        // A table in 4 bits would save little and lose whole words; its rows keep 8.
        Scheme scheme = fields.Scheme == Scheme.W16A16 ? Scheme.W16A16 : Scheme.W8A16;
        QuantizedWeights table = Elements(node, scheme, "table", node.Table, fields.OutputBits);
        fields.With(TensorRole.Table, table.Stored);
        return node with { Table = table.Dequantized };
    }

    private ConvNode Fill(ConvNode node, LayerFields fields)
    {
        int preBits = PreBits(node.Activation, fields.OutputBits);
        int kernel = node.Weights.Shape[2], inputs = node.Weights.Shape[1];
        int inputBits = _valueBits[node.Inputs[0].Value];
        Tensor product = SwapLastAxes(node.Weights);
        QuantizedWeights w = Weights(node, fields.Scheme, "weights", product, Same(inputBits, kernel * inputs), preBits,
            GroupInputs(node.Bias, node.Groups));
        Tensor? bias = Correct(node.Bias, w);
        fields.With(TensorRole.InputWeights, w.Stored).With(TensorRole.Bias, Integers(bias, preBits))
            .With(node.Activation)
            .With(kernel).With(node.Dilation).With(node.Groups).With(node.Stride).With(node.PaddedStart ? 1 : 0).With(preBits);
        return node with { Weights = SwapLastAxes(w.Dequantized), Bias = Rounded(bias, preBits) };
    }

    private ActivationNode Fill(ActivationNode node, LayerFields fields)
    {
        int widest = node.Inputs.Max(segment => _valueBits[segment.Value]), narrowest = node.Inputs.Min(segment => _valueBits[segment.Value]);
        // Nothing is summed, so nothing has to be guarded: as many bits as the pieces have and 30 hold.
        int preBits = Math.Max(Math.Min(Math.Max(widest, fields.OutputBits), narrowest + 13), widest - 31);
        if (ActivationFormat.IsCurved(node.Activation)) preBits = GateBits;
        else if (!ActivationFormat.MapsToOutput(node.Activation)) preBits = Math.Max(preBits, fields.OutputBits);
        fields.With(node.Activation).With(preBits);
        return node;
    }

    private StandardiseNode Fill(StandardiseNode node, LayerFields fields)
    {
        int preBits = PreBits(Activation.Linear, fields.OutputBits);
        // A power of two for every factor: its significand lies in the scale alone.
        float[] factors = node.InverseScale.Data;
        float[] offsets = [.. node.Mean.Data.Select((mean, i) => (float)(-(double)mean * factors[i]))];
        QuantizedWeights w = new WeightQuantizer(node.Name, Scheme.W16A16)
            .Quantize("inverse scale", node.InverseScale.Reshape(factors.Length, 1), [_valueBits[node.Inputs[0].Value]], preBits);
        _weights.Add(w);
        fields.With(TensorRole.InverseScale, w.Stored).With(TensorRole.Mean, Integers(new Tensor(offsets, offsets.Length), preBits))
            .With(node.Clip).With(preBits);
        return node;
    }

    private static Tensor SwapLastAxes(Tensor tensor)
    {
        int rows = tensor.Shape[0], a = tensor.Shape[1], b = tensor.Shape[2];
        float[] swapped = new float[tensor.Data.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < a; i++)
            {
                for (int k = 0; k < b; k++) swapped[(row * b + k) * a + i] = tensor.Data[(row * a + i) * b + k];
            }
        }
        return new Tensor(swapped, rows, b, a);
    }

    private static void RequireIntegerForm(GraphNode node)
    {
        IEnumerable<(string Place, Activation Function, bool Gate, bool Bounded)> functions = node switch
        {
            DenseNode dense => [("activation", dense.Activation, false, false)],
            RnnNode rnn => [("activation", rnn.Activation, false, false)],
            ConvNode conv => [("activation", conv.Activation, false, false)],
            ActivationNode activation => [("activation", activation.Activation, false, false)],
            GruNode gru => [("gate activation", gru.GateActivation, true, false), ("candidate", gru.CandidateActivation, false, false)],
            LstmNode lstm => [("gate activation", lstm.GateActivation, true, false), ("cell activation", lstm.CellActivation, false, true),
                ("output activation", lstm.OutputActivation, false, true)],
            _ => [],
        };
        foreach ((string place, Activation function, bool gate, bool bounded) in functions)
        {
            bool fits = ActivationFormat.IsSupported(function) &&
                (!gate || function.Kind is ActivationKind.Sigmoid or ActivationKind.HardSigmoid) &&
                (!bounded || ActivationFormat.IsBounded(function));
            if (fits) continue;
            string expected = gate ? "sigmoid or hard sigmoid" : bounded ? "tanh, sigmoid or hard sigmoid" : "a function with one";
            throw new ConversionException($"{node.Name}: the {place} {function.Kind} has no integer form here, expected {expected}; " +
                $"keep this layer in float: --layer \"{node.Name}\"=f32");
        }
    }
}
