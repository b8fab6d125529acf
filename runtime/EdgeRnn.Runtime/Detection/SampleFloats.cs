namespace EdgeRnn.Runtime;

/// <summary>Float readings: the last good one of each channel, and what the network reads in place of a faulty one.</summary>
internal sealed class SampleFloats : SampleSource
{
    private readonly DetectorMemory _memory;
    private readonly int _good;
    private readonly float[] _means;
    private readonly SubstitutionKind _kind;
    private readonly double _rate;
    private readonly float[] _sample;
    private readonly float[] _answer;

    /// <param name="memory">Receives a float a channel.</param>
    /// <param name="model">Its means are the channels' means; 0 without preprocessing.</param>
    /// <param name="settings">Checked settings.</param>
    public SampleFloats(DetectorMemory memory, Model model, SensorSettings settings)
    {
        _memory = memory;
        _means = model.InputMean ?? new float[model.InputSize];
        _good = memory.ReserveFloats(_means.Length);
        _kind = settings.Substitution;
        _rate = settings.DecayRate;
        _sample = new float[_means.Length];
        _answer = new float[model.IsQuantized ? 0 : model.OutputSize];
    }

    public override int ScratchBytes => 4 * (_sample.Length + _answer.Length);

    public override void Reset()
    {
        for (int i = 0; i < _means.Length; i++) _memory.Floats[_good + i] = _means[i];
    }

    /// <summary>Takes a good reading.</summary>
    public void Take(int channel, float reading)
    {
        _sample[channel] = _memory.Floats[_good + channel] = reading;
    }

    public override void Substitute(int channel)
    {
        float mean = _means[channel], last = _memory.Floats[_good + channel];
        if (_kind == SubstitutionKind.Mask)
        {
            _sample[channel] = mean;
            return;
        }
        // The distance of two floats may be larger than a float.
        if (_kind == SubstitutionKind.Decay) last = (float)(last + ((double)mean - last) * _rate);
        _sample[channel] = _memory.Floats[_good + channel] = last;
    }

    public override int Step(Session session, int[] inputs, int[] answers)
    {
        return session.StepScored(_sample, inputs, _answer, answers);
    }
}
