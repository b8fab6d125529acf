namespace EdgeRnn.Converter.Quantize;

/// <summary>The gates of the cells, with the letters of their equations.</summary>
public enum Gate
{
    /// <summary>The layer has no gates (dense, convolution, rnn), or the signal belongs to no gate.</summary>
    None,

    /// <summary>z of a GRU: how much of the old state stays.</summary>
    UpdateGate,

    /// <summary>r of a GRU: how much of the old state the candidate sees.</summary>
    ResetGate,

    /// <summary>n of a GRU, g of an LSTM: the proposed new content.</summary>
    Candidate,

    /// <summary>i of an LSTM: how much of the candidate enters the cell.</summary>
    InputGate,

    /// <summary>f of an LSTM: how much of the cell stays.</summary>
    ForgetGate,

    /// <summary>o of an LSTM: how much of the cell is shown.</summary>
    OutputGate,
}
