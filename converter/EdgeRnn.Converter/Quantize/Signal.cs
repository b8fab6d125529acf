namespace EdgeRnn.Converter.Quantize;

/// <summary>What can be watched inside a running model. <see cref="SignalId"/> says of which layer and gate.</summary>
public enum Signal
{
    /// <summary>What a layer computes, of a recurrent layer the state h; or the graph's input after standardisation.</summary>
    Output,

    /// <summary>The input of an activation, before the clip a cell may have. Dense, convolution, rnn, and each gate.</summary>
    PreActivation,

    /// <summary>A gate or candidate after its activation; the derived gate of a coupled LSTM too.</summary>
    GateValue,

    /// <summary>U_n h' + b_Un of a GRU whose reset comes after the product: what r multiplies.</summary>
    RecurrentTerm,

    /// <summary>c of an LSTM.</summary>
    CellState,

    /// <summary>o * output(c) of an LSTM with a projection: what the projection reads.</summary>
    UnprojectedHidden,
}
