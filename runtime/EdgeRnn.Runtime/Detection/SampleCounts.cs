namespace EdgeRnn.Runtime;

/// <summary>As <see cref="SampleFloats"/> for counts, with 16 fraction bits kept of a reading that decays.</summary>
internal sealed class SampleCounts : SampleSource
{
    private readonly DetectorMemory _memory;
    private readonly int _good;
    private readonly int[] _means;
    private readonly SubstitutionKind _kind;
    private readonly int _rate;
    private readonly short[] _sample;

    /// <param name="memory">Receives an int a channel.</param>
    /// <param name="model">A model that accepts counts.</param>
    /// <param name="settings">Checked settings.</param>
    public SampleCounts(DetectorMemory memory, Model model, SensorSettings settings)
    {
        _memory = memory;
        _means = new int[model.InputSize];
        for (int i = 0; i < _means.Length; i++)
        {
            double mean = model.InputMean![i] * (double)FixedScore.One + 0.5;
            _means[i] = mean >= int.MaxValue ? int.MaxValue : mean <= int.MinValue ? int.MinValue : (int)Rounding.Floor(mean);
        }
        _good = memory.Reserve(_means.Length);
        _kind = settings.Substitution;
        _rate = FixedScore.Of(settings.DecayRate);
        _sample = new short[_means.Length];
    }

    public override int ScratchBytes => 2 * _sample.Length;

    public override void Reset()
    {
        for (int i = 0; i < _means.Length; i++) _memory.Ints[_good + i] = _means[i];
    }

    /// <summary>Takes a good reading.</summary>
    public void Take(int channel, short count)
    {
        _memory.Ints[_good + channel] = count << FixedScore.Bits;
        _sample[channel] = count;
    }

    public override void Substitute(int channel)
    {
        int at = _good + channel, mean = _means[channel], last = _memory.Ints[at];
        if (_kind == SubstitutionKind.Mask)
        {
            _sample[channel] = Rounded(mean);
            return;
        }
        if (_kind == SubstitutionKind.Decay) last += (int)((((long)mean - last) * _rate) >> FixedScore.Bits);
        _memory.Ints[at] = last;
        _sample[channel] = Rounded(last);
    }

    public override int Step(Session session, int[] inputs, int[] answers)
    {
        return session.StepScoredCounts(_sample, inputs, answers);
    }

    private static short Rounded(int value)
    {
        long rounded = ((long)value + (FixedScore.One >> 1)) >> FixedScore.Bits;
        return rounded > short.MaxValue ? short.MaxValue : (short)rounded;
    }
}
