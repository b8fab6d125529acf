using System;

namespace EdgeRnn.Runtime;

/// <summary>As <see cref="SampleFloats"/> for counts, with 16 fraction bits kept of a reading that decays.</summary>
internal sealed class SampleCounts
{
    private readonly DetectorMemory _memory;
    private readonly int _good;
    private readonly int[] _means;
    private readonly SubstitutionKind _kind;
    private readonly int _rate;

    /// <param name="memory">Receives an int a channel.</param>
    /// <param name="model">A model that accepts counts.</param>
    /// <param name="settings">Checked settings.</param>
    public SampleCounts(DetectorMemory memory, Model model, SensorSettings settings)
    {
        _memory = memory;
        _means = new int[model.InputSize];
        for (int i = 0; i < _means.Length; i++)
        {
            double mean = Math.Floor(model.InputMean![i] * (double)FixedScore.One + 0.5);
            _means[i] = mean >= int.MaxValue ? int.MaxValue : mean <= int.MinValue ? int.MinValue : (int)mean;
        }
        _good = memory.Reserve(_means.Length);
        _kind = settings.Substitution;
        _rate = FixedScore.Of(settings.DecayRate);
    }

    /// <summary>As if the mean had been read last.</summary>
    public void Reset()
    {
        for (int i = 0; i < _means.Length; i++) _memory.Ints[_good + i] = _means[i];
    }

    /// <summary>The count itself, or what stands for it.</summary>
    public short Use(int channel, short count, bool isGood)
    {
        int[] ints = _memory.Ints;
        int at = _good + channel;
        if (isGood) ints[at] = count << FixedScore.Bits;
        else if (_kind == SubstitutionKind.Mask) return Rounded(_means[channel]);
        else if (_kind == SubstitutionKind.Decay) ints[at] += (int)((((long)_means[channel] - ints[at]) * _rate) >> FixedScore.Bits);
        return Rounded(ints[at]);
    }

    private static short Rounded(int value)
    {
        long rounded = ((long)value + (FixedScore.One >> 1)) >> FixedScore.Bits;
        return rounded > short.MaxValue ? short.MaxValue : (short)rounded;
    }
}
