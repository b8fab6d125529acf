namespace EdgeRnn.Converter.Quantize;

/// <summary>Which graph of a model: the one that runs on every time step, or the decoder.</summary>
public enum GraphPart
{
    /// <summary>The graph that runs on every time step; the encoder of an encoder-decoder.</summary>
    Main,

    /// <summary>The graph that unrolls at the end of a window.</summary>
    Decoder,
}
