namespace EdgeRnn.Converter.Quantize;

/// <summary>What a weight matrix multiplies.</summary>
public enum ProductKind
{
    /// <summary>x of a layer; the taps of one group of a convolution, [kernel, inputs of the group].</summary>
    Input,

    /// <summary>h' of a recurrent layer.</summary>
    Recurrent,

    /// <summary>r * h' of a GRU whose reset comes before the product.</summary>
    GatedRecurrent,

    /// <summary>o * output(c) of an LSTM with a projection.</summary>
    Projection,
}
