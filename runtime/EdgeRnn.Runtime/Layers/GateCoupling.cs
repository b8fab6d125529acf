namespace EdgeRnn.Runtime;

/// <summary>Whether an LSTM has both an input and a forget gate, or derives one from the other.</summary>
public enum GateCoupling
{
    /// <summary>Both gates have weights; four blocks i f g o.</summary>
    None = 0,

    /// <summary>f = 1 - i (ONNX input_forget); three blocks i g o.</summary>
    ForgetFromInput = 1,

    /// <summary>i = 1 - f (TFLite without an input gate); three blocks f g o.</summary>
    InputFromForget = 2,
}
