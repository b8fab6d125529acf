using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Errors of answers that repeat samples already read. Frame f speaks of the sample lead + f steps from the answer's own, at most 0. A
/// single frame gives the signed error; several give the mean of the magnitudes of theirs.
/// </summary>
internal sealed class ReconstructionErrors : ErrorSource
{
    private readonly DetectorMemory _memory;
    private readonly int[] _targets;
    private readonly int _inputs;
    private readonly int _lead;
    private readonly int _frames;
    private readonly int _kept;    // samples kept, the last ones, in a ring
    private readonly int _next;    // one int: where the next sample goes
    private readonly int _seen;    // one int: samples in the ring
    private readonly int _ring;

    /// <param name="memory">Receives the kept samples and two ints.</param>
    /// <param name="model">The model.</param>
    /// <param name="targets">The input channel of each feature, [frameSize].</param>
    /// <param name="lead">At most 1 - frames per answer.</param>
    public ReconstructionErrors(DetectorMemory memory, Model model, int[] targets, int lead) : base(model.FrameSize)
    {
        _memory = memory;
        _targets = targets;
        _inputs = model.InputSize;
        _lead = lead;
        _frames = model.FramesPerAnswer;
        _kept = 1 - lead;
        _next = memory.Reserve(1);
        _seen = memory.Reserve(1);
        _ring = memory.Reserve(_kept * _inputs);
    }

    public override void Reset()
    {
        _memory.Ints[_next] = 0;
        _memory.Ints[_seen] = 0;
    }

    // No sample from before may be among those kept.
    public override int SettlingSteps(int network) => Math.Max(network, _kept - 1);

    public override bool Step(int[] inputs, int[] answers, bool hasAnswer, int[] errors)
    {
        int[] ints = _memory.Ints;
        int now = ints[_next];
        Array.Copy(inputs, 0, ints, _ring + now * _inputs, _inputs);
        ints[_next] = now + 1 == _kept ? 0 : now + 1;
        if (ints[_seen] < _kept) ints[_seen]++;
        if (!hasAnswer || ints[_seen] < _kept) return false;
        for (int i = 0; i < Size; i++) errors[i] = ErrorOf(i, now, answers);
        return true;
    }

    public override bool IsSound()
    {
        int[] ints = _memory.Ints;
        return ints[_next] >= 0 && ints[_next] < _kept && ints[_seen] >= 0 && ints[_seen] <= _kept &&
            AreScores(ints, _ring, _kept * _inputs);
    }

    private int ErrorOf(int feature, int now, int[] answers)
    {
        int[] ints = _memory.Ints;
        long sum = 0;
        for (int frame = 0; frame < _frames; frame++)
        {
            int place = now + _lead + frame;
            if (place < 0) place += _kept;
            long error = (long)ints[_ring + place * _inputs + _targets[feature]] - answers[frame * Size + feature];
            if (_frames == 1) return FixedScore.Saturate(error);
            sum += error < 0 ? -error : error;
        }
        return FixedScore.Saturate(sum / _frames);
    }
}
