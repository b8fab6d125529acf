using System;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>One layer in double precision, with its state.</summary>
internal abstract class ReferenceLayer(int outputSize, SignalTap tap)
{
    /// <summary>[outputSize] what the layer computed last; of a recurrent layer its state h.</summary>
    public double[] Output { get; } = new double[outputSize];

    /// <summary>[cellSize] c of an LSTM; empty for other layers.</summary>
    public virtual double[] Cell => [];

    protected SignalTap Tap => tap;

    /// <summary>Computes one step into <see cref="Output"/>.</summary>
    /// <param name="x">[inputSize].</param>
    /// <returns>Whether there is an output: always, except for convolutions.</returns>
    public abstract bool Step(ReadOnlySpan<double> x);

    /// <summary>Puts the state to what it is before the first step.</summary>
    public virtual void Reset()
    {
    }

    public static ReferenceLayer Create(GraphNode node, SignalTap tap) => node switch
    {
        DenseNode dense => new ReferenceDense(dense, tap),
        RnnNode rnn => new ReferenceRnn(rnn, tap),
        LstmNode lstm => new ReferenceLstm(lstm, tap),
        GruNode gru => new ReferenceGru(gru, tap),
        ConvNode conv => new ReferenceConv(conv, tap),
        EmbeddingNode embedding => new ReferenceEmbedding(embedding, tap),
        _ => new ReferencePointwise(node, tap),
    };

    // A state before the first step: zeros where the model has no initial one.
    protected static void Restore(double[] initial, double[] state)
    {
        Array.Clear(state);
        initial.CopyTo(state, 0);
    }
}
