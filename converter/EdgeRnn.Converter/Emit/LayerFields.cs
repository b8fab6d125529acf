using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>What a node puts into its record: kind, tensors by role, activations, parameters.</summary>
internal sealed class LayerFields
{
    public LayerFields(int kind) => Kind = kind;

    public int Kind { get; }

    /// <summary>How the layer computes.</summary>
    public Scheme Scheme { get; init; }

    /// <summary>Fraction bits of the output in a quantized model.</summary>
    public int OutputBits { get; init; }

    public SortedDictionary<int, StoredTensor> Tensors { get; } = [];

    /// <summary>Bytes of the tensors with their scales.</summary>
    public int Bytes => Tensors.Values.Sum(tensor => tensor.Data.Length + tensor.Scales.Length);

    public List<Activation> Activations { get; } = [];

    public List<int> Parameters { get; } = [];

    /// <summary>The fields of a layer that computes in float.</summary>
    public static LayerFields Of(GraphNode node, int outputBits = 0) => node switch
    {
        DenseNode dense => new LayerFields(LayerKind.Dense) { OutputBits = outputBits }
            .With(TensorRole.InputWeights, dense.Weights).With(TensorRole.Bias, dense.Bias).With(dense.Activation),
        RnnNode rnn => new LayerFields(LayerKind.Rnn) { OutputBits = outputBits }
            .With(TensorRole.InputWeights, rnn.InputWeights).With(TensorRole.RecurrentWeights, rnn.RecurrentWeights)
            .With(TensorRole.Bias, rnn.Bias).With(TensorRole.InitialHidden, rnn.InitialHidden)
            .With(rnn.Activation).With(rnn.PreActivationClip),
        LstmNode lstm => new LayerFields(LayerKind.Lstm) { OutputBits = outputBits }
            .With(TensorRole.InputWeights, lstm.InputWeights).With(TensorRole.RecurrentWeights, lstm.RecurrentWeights)
            .With(TensorRole.Bias, lstm.Bias).With(TensorRole.Peepholes, lstm.Peepholes)
            .With(TensorRole.Projection, lstm.Projection).With(TensorRole.ProjectionBias, lstm.ProjectionBias)
            .With(TensorRole.InitialHidden, lstm.InitialHidden).With(TensorRole.InitialCell, lstm.InitialCell)
            .With(lstm.GateActivation).With(lstm.CellActivation).With(lstm.OutputActivation)
            .With((int)lstm.Coupling).With(lstm.PreActivationClip).With(lstm.CellSize),
        GruNode gru => new LayerFields(LayerKind.Gru) { OutputBits = outputBits }
            .With(TensorRole.InputWeights, gru.InputWeights).With(TensorRole.RecurrentWeights, gru.RecurrentWeights)
            .With(TensorRole.Bias, gru.Bias).With(TensorRole.InitialHidden, gru.InitialHidden)
            .With(gru.GateActivation).With(gru.CandidateActivation)
            .With(gru.ResetAfter ? 1 : 0).With(gru.PreActivationClip),
        EmbeddingNode embedding => new LayerFields(LayerKind.Embedding) { OutputBits = outputBits }.With(TensorRole.Table, embedding.Table),
        ConvNode conv => new LayerFields(LayerKind.Conv) { OutputBits = outputBits }
            .With(TensorRole.InputWeights, conv.Weights).With(TensorRole.Bias, conv.Bias).With(conv.Activation)
            .With(conv.Weights.Shape[2]).With(conv.Dilation).With(conv.Groups).With(conv.Stride).With(conv.PaddedStart ? 1 : 0),
        ActivationNode activation => new LayerFields(LayerKind.Activation) { OutputBits = outputBits }.With(activation.Activation),
        StandardiseNode standardise => new LayerFields(LayerKind.Standardise) { OutputBits = outputBits }
            .With(TensorRole.Mean, standardise.Mean).With(TensorRole.InverseScale, standardise.InverseScale)
            .With(standardise.Clip),
        PairwiseNode pairwise => new LayerFields(LayerKind.Pairwise) { OutputBits = outputBits }.With(pairwise.Multiply ? 1 : 0),
        ArgMaxNode => new LayerFields(LayerKind.ArgMax) { OutputBits = outputBits },
        _ => throw new ConversionException($"{node.Name}: {node.GetType().Name} has no form in the .ernn format"),
    };

    public LayerFields With(int role, Tensor? tensor) => With(role, tensor == null ? null : StoredTensor.Of(tensor));

    public LayerFields With(int role, StoredTensor? tensor)
    {
        if (tensor != null) Tensors.Add(role, tensor);
        return this;
    }

    public LayerFields With(Activation activation)
    {
        Activations.Add(activation);
        return this;
    }

    public LayerFields With(int parameter)
    {
        Parameters.Add(parameter);
        return this;
    }

    public LayerFields With(float parameter) => With(BitConverter.SingleToInt32Bits(parameter));
}
