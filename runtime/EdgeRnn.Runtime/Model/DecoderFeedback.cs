namespace EdgeRnn.Runtime;

/// <summary>What a decoder reads at each of its steps.</summary>
public enum DecoderFeedback
{
    /// <summary>Zeros; all it knows is in its initial state.</summary>
    Zero = 0,

    /// <summary>The same context at every step (Keras RepeatVector).</summary>
    Repeat = 1,

    /// <summary>Its own previous output; the first input is handed over, or zeros.</summary>
    Autoregressive = 2,
}
