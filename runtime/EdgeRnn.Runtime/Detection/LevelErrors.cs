using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// The standardised sample itself as errors, [inputSize]: how far each channel is from its mean. A network forecasts a lasting change well
/// once it has seen it; here the change stays visible.
/// </summary>
internal sealed class LevelErrors : ErrorSource
{
    /// <param name="model">The model.</param>
    public LevelErrors(Model model) : base(model.InputSize)
    {
    }

    public override void Reset()
    {
    }

    public override int SettlingSteps(int network) => network;

    public override bool Step(int[] inputs, int[] answers, bool hasAnswer, int[] errors)
    {
        Array.Copy(inputs, 0, errors, 0, Size);
        return true;
    }

    public override bool IsSound() => true;
}
