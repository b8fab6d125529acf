namespace EdgeRnn.Runtime;

/// <summary>Makes the layer a record describes.</summary>
internal static class LayerFactory
{
    public static Layer Create(LayerRecord record)
    {
        Layer layer = !record.IsQuantizedModel ? SelectFloat(record)
            : record.Scheme == Scheme.F32 ? new FloatIsland(record, SelectFloat(record)) : SelectQuantized(record);
        record.RequireAllTaken();
        return layer;
    }

    private static Layer SelectFloat(LayerRecord record)
    {
        switch (record.Kind)
        {
            case LayerKind.Dense: return new DenseLayer(record);
            case LayerKind.Rnn: return new RnnLayer(record);
            case LayerKind.Lstm: return new LstmLayer(record);
            case LayerKind.Gru: return new GruLayer(record);
            case LayerKind.Embedding: return new EmbeddingLayer(record);
            case LayerKind.Conv: return new ConvLayer(record);
            case LayerKind.Activation: return new ActivationLayer(record);
            case LayerKind.Standardise: return new StandardiseLayer(record);
            case LayerKind.Pairwise: return new PairwiseLayer(record);
            default: return new ArgMaxLayer(record);
        }
    }

    private static Layer SelectQuantized(LayerRecord record)
    {
        switch (record.Kind)
        {
            case LayerKind.Dense: return new QuantizedDenseLayer(record);
            case LayerKind.Rnn: return new QuantizedRnnLayer(record);
            case LayerKind.Lstm: return new QuantizedLstmLayer(record);
            case LayerKind.Gru: return new QuantizedGruLayer(record);
            case LayerKind.Embedding: return new QuantizedEmbeddingLayer(record);
            case LayerKind.Conv: return new QuantizedConvLayer(record);
            case LayerKind.Activation: return new QuantizedActivationLayer(record);
            case LayerKind.Standardise: return new QuantizedStandardiseLayer(record);
            case LayerKind.Pairwise: return new QuantizedPairwiseLayer(record);
            default: return new QuantizedArgMaxLayer(record);
        }
    }
}
