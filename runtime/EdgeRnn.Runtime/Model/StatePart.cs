namespace EdgeRnn.Runtime;

/// <summary>A state of a recurrent layer.</summary>
public enum StatePart
{
    /// <summary>h, the layer's output.</summary>
    Hidden = 0,

    /// <summary>c, the LSTM cell.</summary>
    Cell = 1,
}
