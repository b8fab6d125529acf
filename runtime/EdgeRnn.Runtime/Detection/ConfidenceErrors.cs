namespace EdgeRnn.Runtime;

/// <summary>
/// What the probability of the normal class, or of the most probable one, lacks to 1, in the last frame of an answer.
/// </summary>
internal sealed class ConfidenceErrors : ErrorSource
{
    private readonly int _first;
    private readonly int _classes;
    private readonly int _normalClass;

    /// <param name="model">The model; its answers are probabilities.</param>
    /// <param name="normalClass">The class that is normal, or -1.</param>
    public ConfidenceErrors(Model model, int normalClass) : base(1)
    {
        _classes = model.FrameSize;
        _first = model.OutputSize - _classes;
        _normalClass = normalClass;
    }

    public override void Reset()
    {
    }

    public override int SettlingSteps(int network) => network;

    public override bool Step(int[] inputs, int[] answers, bool hasAnswer, int[] errors)
    {
        if (!hasAnswer) return false;
        int probability = answers[_first + (_normalClass < 0 ? 0 : _normalClass)];
        for (int i = 1; _normalClass < 0 && i < _classes; i++)
        {
            if (answers[_first + i] > probability) probability = answers[_first + i];
        }
        errors[0] = FixedScore.Saturate((long)FixedScore.One - probability);
        return true;
    }

    public override bool IsSound() => true;
}
