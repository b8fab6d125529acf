using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// The standardised sample itself as errors, [inputSize]: how far each channel is from its mean. A network forecasts a lasting change well
/// once it has seen it; here the change stays visible. Alone, or behind the errors of another source and at its steps.
/// </summary>
internal sealed class LevelErrors : ErrorSource
{
    private readonly ErrorSource? _first;
    private readonly int _inputSize;

    /// <param name="first">Whose errors come first, or null.</param>
    /// <param name="model">The model.</param>
    public LevelErrors(ErrorSource? first, Model model) : base(model.InputSize + (first == null ? 0 : first.Size))
    {
        _first = first;
        _inputSize = model.InputSize;
    }

    public override void Reset()
    {
        if (_first != null) _first.Reset();
    }

    public override int SettlingSteps(int network) => _first == null ? network : _first.SettlingSteps(network);

    public override bool Step(int[] inputs, int[] answers, bool hasAnswer, int[] errors)
    {
        if (_first != null && !_first.Step(inputs, answers, hasAnswer, errors)) return false;
        Array.Copy(inputs, 0, errors, Size - _inputSize, _inputSize);
        return true;
    }

    public override bool IsSound() => _first == null || _first.IsSound();
}
