namespace EdgeRnn.Runtime;

/// <summary>What a window of a model without a decoder answers, and when.</summary>
public enum WindowAnswer
{
    /// <summary>The output of every step, at that step; the state starts anew with each window.</summary>
    EveryStep = 0,

    /// <summary>The output of the last step, once per window.</summary>
    LastStep = 1,

    /// <summary>The outputs of all steps in the order they were computed, at the end of the window.</summary>
    AllSteps = 2,

    /// <summary>The decoder's outputs in time order, once they are all computed.</summary>
    Decoder = 3,
}

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

/// <summary>A state of a recurrent layer.</summary>
public enum StatePart
{
    /// <summary>h, the layer's output.</summary>
    Hidden = 0,

    /// <summary>c, the LSTM cell.</summary>
    Cell = 1,
}
