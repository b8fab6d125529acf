using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Errors of forecasts. An answer's frame f speaks of the sample lead + f steps after the answer's own. Answers are kept until their last
/// frame was met; a sample that several answers speak of has the mean of their errors.
/// </summary>
internal sealed class ForecastErrors : ErrorSource
{
    private readonly DetectorMemory _memory;
    private readonly int[] _targets;
    private readonly int _lead;
    private readonly int _frames;
    private readonly int _answers;  // capacity
    private readonly int _ages;     // of each kept answer: steps since it was given, or -1
    private readonly int _kept;

    /// <param name="memory">Receives the kept answers.</param>
    /// <param name="model">The model.</param>
    /// <param name="targets">The input channel of each feature, [frameSize].</param>
    /// <param name="lead">At least 1.</param>
    public ForecastErrors(DetectorMemory memory, Model model, int[] targets, int lead) : base(model.FrameSize)
    {
        _memory = memory;
        _targets = targets;
        _lead = lead;
        _frames = model.FramesPerAnswer;
        _answers = DetectorChecks.KeptAnswers(model, lead);
        _ages = memory.Reserve(_answers);
        _kept = memory.Reserve(_answers * model.OutputSize);
    }

    public override void Reset()
    {
        for (int i = 0; i < _answers; i++) _memory.Ints[_ages + i] = -1;
    }

    // Of answers given after so many good samples the first frame is met lead, the last lead + frames - 1 steps later.
    public override int SettlingSteps(int network) => network + _lead + _frames - 2;

    public override bool Step(int[] inputs, int[] answers, bool hasAnswer, int[] errors)
    {
        int[] ints = _memory.Ints;
        int met = 0, free = 0;
        Array.Clear(errors, 0, Size);
        for (int answer = 0; answer < _answers; answer++)
        {
            int age = ints[_ages + answer];
            if (age >= 0)
            {
                age++;
                int frame = age - _lead;
                if (frame >= 0)
                {
                    AddErrors(inputs, _kept + (answer * _frames + frame) * Size, errors);
                    met++;
                }
                ints[_ages + answer] = frame == _frames - 1 ? -1 : age;
            }
            if (ints[_ages + answer] < 0) free = answer;
        }
        if (hasAnswer)
        {
            ints[_ages + free] = 0;
            Array.Copy(answers, 0, ints, _kept + free * _frames * Size, _frames * Size);
        }
        for (int i = 0; met > 1 && i < Size; i++) errors[i] /= met;
        return met > 0;
    }

    public override bool IsSound()
    {
        for (int i = 0; i < _answers; i++)
        {
            int age = _memory.Ints[_ages + i];
            if (age < -1 || age >= _lead + _frames - 1) return false;
        }
        return AreScores(_memory.Ints, _kept, _answers * _frames * Size);
    }

    private void AddErrors(int[] inputs, int at, int[] errors)
    {
        int[] ints = _memory.Ints;
        for (int i = 0; i < Size; i++)
        {
            errors[i] = FixedScore.Saturate(errors[i] + (long)inputs[_targets[i]] - ints[at + i]);
        }
    }
}
