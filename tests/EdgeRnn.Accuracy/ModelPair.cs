namespace EdgeRnn.Accuracy;

/// <summary>The same model twice.</summary>
/// <param name="FloatFile">The .ernn file of the float graph.</param>
/// <param name="QuantizedFile">The .ernn file of the quantized graph.</param>
public sealed record ModelPair(byte[] FloatFile, byte[] QuantizedFile)
{
    /// <summary>What both answer to the same rows, each from a fresh state: [answers][outputSize].</summary>
    public (float[][] Float, float[][] Quantized) Answers(float[][] rows) =>
        (StepRows.Answers(FloatFile, rows), StepRows.Answers(QuantizedFile, rows));
}
