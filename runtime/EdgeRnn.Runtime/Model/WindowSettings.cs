namespace EdgeRnn.Runtime;

/// <summary>When windows start and end and what they answer (FORMAT.md, section WIND). Immutable.</summary>
internal sealed class WindowSettings
{
    private readonly int[] _linkMainNodes;
    private readonly int[] _linkMainParts;
    private readonly int[] _linkDecoderNodes;
    private readonly int[] _linkDecoderParts;

    public WindowSettings(ByteReader reader, LayerGraph main, LayerGraph? decoder)
    {
        WindowLength = reader.Count(0, ModelLimits.MaxSteps, "window length");
        Hop = reader.Count(1, WindowLength == 0 ? ModelLimits.MaxSteps : WindowLength, "hop");
        Answer = (WindowAnswer)reader.Choice(0, 3, "answer");
        ReversedInput = reader.Choice(0, 1, "reversed input") == 1;
        CarriesState = reader.Choice(0, 1, "carried state") == 1;
        Feedback = (DecoderFeedback)reader.Choice(0, 2, "feedback");
        ReversedTarget = reader.Choice(0, 1, "reversed target") == 1;
        DecoderSteps = reader.Count(0, ModelLimits.MaxSteps, "decoder steps");
        DecoderStepsPerTick = reader.Count(0, DecoderSteps, "decoder steps per tick");
        int inputSegments = reader.Count(0, ModelLimits.MaxNodes, "decoder input pieces");
        int links = reader.Count(0, ModelLimits.MaxNodes, "state links");
        DecoderInput = new SegmentList(reader, inputSegments, "decoder input");
        _linkMainNodes = new int[links];
        _linkMainParts = new int[links];
        _linkDecoderNodes = new int[links];
        _linkDecoderParts = new int[links];
        for (int i = 0; i < links; i++)
        {
            _linkMainNodes[i] = reader.UInt16();
            _linkMainParts[i] = reader.Choice(0, 1, "state link part");
            _linkDecoderNodes[i] = reader.UInt16();
            _linkDecoderParts[i] = reader.Choice(0, 1, "state link part");
        }
        reader.End();
        WindowChecks.Check(this, main, decoder);
        for (int i = 0; i < links; i++)
        {
            WindowChecks.CheckLink(main, _linkMainNodes[i], _linkMainParts[i], decoder!, _linkDecoderNodes[i],
                _linkDecoderParts[i]);
        }
    }

    /// <summary>Steps per window; 0 for one endless window.</summary>
    public int WindowLength { get; }

    /// <summary>Steps from one answer to the next.</summary>
    public int Hop { get; }

    public WindowAnswer Answer { get; }

    public bool ReversedInput { get; }

    /// <summary>Whether a window starts from the state the one before ended with, instead of the initial state.</summary>
    public bool CarriesState { get; }

    public DecoderFeedback Feedback { get; }

    public bool ReversedTarget { get; }

    public int DecoderSteps { get; }

    /// <summary>0: all decoder steps at once.</summary>
    public int DecoderStepsPerTick { get; }

    /// <summary>Pieces of main-graph values copied to the decoder's input at the end of a window.</summary>
    public SegmentList DecoderInput { get; }

    public int LinkCount => _linkMainNodes.Length;

    /// <summary>Whether past inputs must be kept: to read them backwards, or again in the next, overlapping window.</summary>
    public bool KeepsInputs => WindowLength > 0 && (ReversedInput || Hop < WindowLength);

    /// <summary>Frames in one answer.</summary>
    public int FramesPerAnswer
    {
        get
        {
            if (Answer == WindowAnswer.Decoder) return DecoderSteps;
            return Answer == WindowAnswer.AllSteps ? WindowLength : 1;
        }
    }

    /// <summary>Elements the window keeps: past inputs, collected answers, and the decoder's input between its steps.</summary>
    public long WindowSize(LayerGraph main, LayerGraph? decoder)
    {
        long inputs = KeepsInputs ? (long)WindowLength * main.InputSize : 0;
        if (decoder != null) return inputs + (long)DecoderSteps * decoder.OutputSize + decoder.InputSize;
        return inputs + (Answer == WindowAnswer.AllSteps ? (long)WindowLength * main.OutputSize : 0);
    }

    /// <summary>What the costliest step takes, the end of a window with its replay and its decoder.</summary>
    /// <param name="mainStep">What one step of the main graph takes.</param>
    /// <param name="decoderStep">What one step of the decoder takes; 0 without one.</param>
    public long WorstCase(long mainStep, long decoderStep)
    {
        long steps = 1;
        if (WindowLength > 0) steps += WindowLength - Hop;
        if (ReversedInput) steps = WindowLength;
        long decoderSteps = DecoderStepsPerTick == 0 ? DecoderSteps : DecoderStepsPerTick;
        return steps * mainStep + decoderSteps * decoderStep;
    }

    /// <summary>What a number of steps after Reset takes together: each of them, and what the ends of windows add.</summary>
    /// <param name="steps">At most <see cref="ModelLimits.MaxGoldenSteps"/>.</param>
    /// <param name="mainStep">What one step of the main graph takes.</param>
    /// <param name="decoderStep">What one step of the decoder takes; 0 without one.</param>
    public long CostOf(int steps, long mainStep, long decoderStep)
    {
        // The reader has bounded both products by the costliest step: nothing here comes near 2^63.
        long ends = WindowLength == 0 ? steps / Hop : steps < WindowLength ? 0 : (steps - WindowLength) / Hop + 1;
        long replayed = ReversedInput ? WindowLength : WindowLength == 0 ? 0 : WindowLength - Hop;
        return steps * mainStep + ends * (replayed * mainStep + DecoderSteps * decoderStep);
    }

    /// <summary>Copies states of the main graph's layers into the decoder's.</summary>
    public void HandOverStates(LayerGraph main, LayerGraph decoder, System.Array values)
    {
        for (int i = 0; i < _linkMainNodes.Length; i++)
        {
            Layer source = main.LayerAt(_linkMainNodes[i]), target = decoder.LayerAt(_linkDecoderNodes[i]);
            StatePart part = (StatePart)_linkMainParts[i];
            System.Array.Copy(values, source.PartOffset(part), values, target.PartOffset((StatePart)_linkDecoderParts[i]),
                source.PartSize(part));
        }
    }
}
