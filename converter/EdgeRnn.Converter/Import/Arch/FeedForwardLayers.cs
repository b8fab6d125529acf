using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>The layer kinds without memory: dense, activation, embedding, standardise, add, multiply, argmax.</summary>
internal static class FeedForwardLayers
{
    /// <summary>y = f(W x + b).</summary>
    public static GraphNode Dense(LayerSource layer)
    {
        Tensor weights = layer.Tensors.Matrix(layer.Body.Required("weights"), null, layer.InputSize);
        Tensor? bias = layer.Tensors.OptionalVector(layer.Body.Optional("bias"), weights.Shape[0]);
        Activation activation = ActivationReader.Read(layer.Body.Optional("activation"), Activation.Linear, softmaxAllowed: true);
        return new DenseNode(layer.Name, layer.Inputs, weights, bias, activation);
    }

    /// <summary>y = f(x).</summary>
    public static GraphNode ActivationOnly(LayerSource layer) => new ActivationNode(layer.Name, layer.Inputs,
        ActivationReader.Read(layer.Body.Required("activation"), Activation.Linear, softmaxAllowed: true));

    /// <summary>y = table[x].</summary>
    public static GraphNode Embedding(LayerSource layer)
    {
        Tensor table = layer.Tensors.Matrix(layer.Body.Required("table"), null, null);
        return layer.InputSize == 1 ? new EmbeddingNode(layer.Name, layer.Inputs, table)
            : throw layer.Body.Fail($"an embedding reads one feature, the row number; it is given {layer.InputSize}");
    }

    /// <summary>y = clip((x - mean) / std).</summary>
    public static GraphNode Standardise(LayerSource layer)
    {
        (float[] mean, float[] inverseScale, float clip) = StandardisationReader.Read(layer.Body, layer.Tensors, layer.InputSize);
        return new StandardiseNode(layer.Name, layer.Inputs, new Tensor(mean, mean.Length),
            new Tensor(inverseScale, inverseScale.Length), clip);
    }

    /// <summary>a + b.</summary>
    public static GraphNode Add(LayerSource layer) => Pairwise(layer, multiply: false);

    /// <summary>a * b, element by element.</summary>
    public static GraphNode Multiply(LayerSource layer) => Pairwise(layer, multiply: true);

    /// <summary>The index of the largest feature.</summary>
    public static GraphNode ArgMax(LayerSource layer) => new ArgMaxNode(layer.Name, layer.Inputs);

    private static PairwiseNode Pairwise(LayerSource layer, bool multiply) => layer.InputSize % 2 == 0
        ? new PairwiseNode(layer.Name, layer.Inputs, multiply)
        : throw layer.Body.Fail($"reads two operands of equal size, one after the other; it is given {layer.InputSize} features");
}
