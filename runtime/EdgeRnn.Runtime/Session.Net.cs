using System;

namespace EdgeRnn.Runtime;

// Span overloads for .NET; they copy through small arrays of the session.
public sealed partial class Session
{
    private float[]? _spanInput;
    private float[]? _spanOutput;

    /// <summary>Who watches the layers, or null.</summary>
    internal LayerObserver? Observer
    {
        set => _memory.Observer = value;
    }

    /// <summary>
    /// Consumes one sample and, where the model answers, writes the answer. The first call reserves two small arrays.
    /// </summary>
    /// <param name="input">[InputSize] raw features.</param>
    /// <param name="output">[OutputSize]; written when the status has <see cref="StepStatus.OutputReady"/>.</param>
    /// <returns><see cref="StepStatus"/> bits.</returns>
    /// <exception cref="ArgumentException">A buffer is too short; nothing has changed.</exception>
    public int Step(ReadOnlySpan<float> input, Span<float> output)
    {
        if (input.Length < _model.InputSize) ThrowTooShort("input", input.Length, 0, _model.InputSize);
        if (output.Length < _model.OutputSize) ThrowTooShort("output", output.Length, 0, _model.OutputSize);
        _spanInput ??= new float[_model.InputSize];
        _spanOutput ??= new float[_model.OutputSize];
        input.Slice(0, _model.InputSize).CopyTo(_spanInput);
        int status = Step(_spanInput, 0, _spanOutput, 0);
        if ((status & StepStatus.OutputReady) != 0) _spanOutput.CopyTo(output);
        return status;
    }
}
