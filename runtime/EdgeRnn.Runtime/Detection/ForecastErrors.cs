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
        int met = Age();
        for (int i = 0; met > 0 && i < Size; i++) errors[i] = ErrorOf(i, inputs[_targets[i]], met);
        int free = Release();
        if (hasAnswer)
        {
            _memory.Ints[_ages + free] = 0;
            Array.Copy(answers, 0, _memory.Ints, _kept + free * _frames * Size, _frames * Size);
        }
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

    // How many answers speak of this step's sample.
    private int Age()
    {
        int[] ints = _memory.Ints;
        int met = 0;
        for (int at = _ages; at < _ages + _answers; at++)
        {
            if (ints[at] >= 0 && ++ints[at] >= _lead) met++;
        }
        return met;
    }

    // The mean is saturated, not the sum: many large errors would become a small one.
    private int ErrorOf(int feature, int input, int met)
    {
        int[] ints = _memory.Ints;
        long sum = 0;
        for (int answer = 0; answer < _answers; answer++)
        {
            int frame = ints[_ages + answer] - _lead;
            if (frame >= 0) sum += (long)input - ints[_kept + (answer * _frames + frame) * Size + feature];
        }
        return FixedScore.Saturate(sum / met);
    }

    // Forgets the answer whose last frame was met; a place where there is none.
    private int Release()
    {
        int[] ints = _memory.Ints;
        int free = 0;
        for (int answer = 0; answer < _answers; answer++)
        {
            if (ints[_ages + answer] == _lead + _frames - 1) ints[_ages + answer] = -1;
            if (ints[_ages + answer] < 0) free = answer;
        }
        return free;
    }
}
