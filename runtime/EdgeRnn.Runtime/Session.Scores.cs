namespace EdgeRnn.Runtime;

// What a detector needs of a step: the standardised sample and the answer as numbers with 16 fraction bits (FixedScore). The sample is
// read before the step, because windows that read samples again overwrite it.
public sealed partial class Session
{
    /// <summary>
    /// A step over a raw sample; [inputSize] and [outputSize] numbers come back. Where an answer of a float model, or the state behind it,
    /// is not finite there is none: what is not a number would stay in the state for good, so the session starts anew.
    /// </summary>
    /// <returns><see cref="StepStatus"/> bits, and <see cref="FixedScore.BadAnswer"/> after a restart.</returns>
    internal int StepScored(float[] sample, int[] inputs, float[] floatAnswer, int[] answers)
    {
        int status = TakeInput(sample, 0);
        if (_model.IsQuantized) return status | AdvanceScored(inputs, answers);
        int at = _model.Main.InputOffset;
        for (int i = 0; i < _model.InputSize; i++) inputs[i] = FixedScore.Of(_memory.Floats[at + i]);
        status |= Advance(floatAnswer, 0);
        if ((status & StepStatus.OutputReady) == 0) return status;
        for (int i = 0; i < _model.OutputSize; i++) answers[i] = FixedScore.Of(floatAnswer[i]);
        if (AreFinite(floatAnswer, _model.OutputSize) && AreFinite(_memory.Floats, _model.Plan.WindowOffset)) return status;
        Reset();
        return FixedScore.BadAnswer;
    }

    private static bool AreFinite(float[] values, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!(values[i] >= float.MinValue && values[i] <= float.MaxValue)) return false;
        }
        return true;
    }

    /// <summary>A step over counts, without a float; as <see cref="StepScored"/>.</summary>
    internal int StepScoredCounts(short[] counts, int[] inputs, int[] answers)
    {
        _model.Counts!.Apply(counts, 0, _memory.Ints, _model.Main.InputOffset);
        return AdvanceScored(inputs, answers);
    }

    // Of a quantized model.
    private int AdvanceScored(int[] inputs, int[] answers)
    {
        int[] ints = _memory.Ints, outputBits = _model.OutputBits;
        int at = _model.Main.InputOffset, bits = _model.InputFractionBits;
        for (int i = 0; i < _model.InputSize; i++) inputs[i] = FixedScore.FromBits(ints[at + i], bits);
        at = _model.Plan.AnswerOffset;
        int status = Advance(ints, at);
        if ((status & StepStatus.OutputReady) == 0) return status;
        for (int i = 0, feature = 0; i < _model.OutputSize; i++)
        {
            answers[i] = FixedScore.FromBits(ints[at + i], outputBits[feature]);
            if (++feature == outputBits.Length) feature = 0;
        }
        return status;
    }
}
