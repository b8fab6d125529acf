using System;
using System.Runtime.CompilerServices;

namespace EdgeRnn.Runtime;

// The common case without what the others need: an answer in one piece at every step.
public sealed partial class Session
{
    private bool _isStream;
    private bool _isQuantized;

    partial void LookForStream()
    {
        _isStream = _main.IsStream && _model.Window == null;
        _isQuantized = _model.IsQuantized;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    partial void StepStream(float[] input, int inputOffset, float[] output, int outputOffset, ref int status, ref bool done)
    {
        if (!_isStream) return;
        done = true;
        if (_isQuantized)
        {
            status = StepIntegerStream(input, inputOffset, output, outputOffset);
            return;
        }
        LayerGraph main = _main;
        float[] floats = _memory.Floats;
        float[]? mean = _model.InputMean;
        if (mean == null)
            SmallCopy.Copy(input, inputOffset, floats, main.InputOffset, _inputSize);
        else
            Pointwise.Standardise(input, inputOffset, mean, _model.InputInverseScale!, _model.InputClip, floats, main.InputOffset);
        status = main.Step(_memory, _arrived);
        SmallCopy.Copy(floats, main.AnswerOffset, output, outputOffset, _outputSize);
        // As CountStep, without the call.
        ref int steps = ref _counters[StepCounter];
        if (steps < _model.WarmUpSteps) status |= StepStatus.WarmingUp;
        if (steps < int.MaxValue) steps++;
    }

    private int StepIntegerStream(float[] input, int inputOffset, float[] output, int outputOffset)
    {
        int status = RoundInput(input, inputOffset);
        status |= _main.Step(_memory, _arrived);
        float[] scales = _model.OutputScales;
        ReadOnlySpan<int> answer = _memory.Ints.AsSpan(_main.AnswerOffset, scales.Length);
        Span<float> numbers = output.AsSpan(outputOffset, scales.Length);
        for (int i = 0; i < answer.Length && i < numbers.Length && i < scales.Length; i++) numbers[i] = answer[i] * scales[i];
        return status | CountStep();
    }
}
