namespace EdgeRnn.Runtime;

/// <summary>A run of integers that can be read after a layer has computed.</summary>
/// <param name="Part">What they are.</param>
/// <param name="Offset">First element in session memory.</param>
/// <param name="Count">Units.</param>
/// <param name="FractionBits">k: the integers are v * 2^k.</param>
/// <param name="Largest">The largest magnitude they can have.</param>
internal sealed record LayerSignal(LayerPart Part, int Offset, int Count, int FractionBits, int Largest);

/// <summary>What a recurrent layer in integers keeps beside its output.</summary>
internal enum LayerPart
{
    /// <summary>z of a GRU.</summary>
    UpdateGate,

    /// <summary>r of a GRU.</summary>
    ResetGate,

    /// <summary>n of a GRU, g of an LSTM.</summary>
    Candidate,

    /// <summary>i of an LSTM.</summary>
    InputGate,

    /// <summary>f of an LSTM.</summary>
    ForgetGate,

    /// <summary>o of an LSTM.</summary>
    OutputGate,

    /// <summary>c of an LSTM.</summary>
    CellState,

    /// <summary>h of a GRU in 32 bits.</summary>
    WideState,
}
