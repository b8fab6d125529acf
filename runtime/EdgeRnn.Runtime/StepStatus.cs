namespace EdgeRnn.Runtime;

/// <summary>The bits a step returns.</summary>
public static class StepStatus
{
    /// <summary>
    /// The answer was written to the output buffer. Windows and strided convolutions do not answer at every step.
    /// </summary>
    public const int OutputReady = 1;

    /// <summary>The state has seen fewer steps since Reset than the model needs to forget where it started.</summary>
    public const int WarmingUp = 2;

    /// <summary>
    /// An input was not usable as it is: an embedding index outside its table was replaced by a row of zeros, a NaN in the input of
    /// a quantized model by 0.
    /// </summary>
    public const int InvalidInput = 4;
}
