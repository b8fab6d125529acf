namespace EdgeRnn.Runtime;

/// <summary>The last good reading of each float channel, and what the network reads in place of a faulty one.</summary>
internal sealed class SampleFloats
{
    private readonly DetectorMemory _memory;
    private readonly int _good;
    private readonly float[] _means;
    private readonly SubstitutionKind _kind;
    private readonly float _rate;

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
    }

    /// <summary>As if the mean had been read last.</summary>
    public void Reset()
    {
        for (int i = 0; i < _means.Length; i++) _memory.Floats[_good + i] = _means[i];
    }

    /// <summary>The reading itself, or what stands for it.</summary>
    public float Use(int channel, float reading, bool isGood)
    {
        float[] floats = _memory.Floats;
        int at = _good + channel;
        float mean = _means[channel];
        if (isGood) floats[at] = reading;
        else if (_kind == SubstitutionKind.Mask) return mean;
        else if (_kind == SubstitutionKind.Decay) floats[at] += (mean - floats[at]) * _rate;
        return floats[at];
    }
}
