namespace EdgeRnn.Runtime;

/// <summary>
/// A trained network, read from an .ernn file: weights, wiring and memory plan. Immutable after <see cref="Load(byte[])"/> and
/// shared by any number of <see cref="Session"/>s, on any number of threads.
/// </summary>
/// <example>
/// <code>
/// Model model = Model.Load(fileBytes);
/// Session session = new Session(model);
/// float[] input = new float[model.InputSize], output = new float[model.OutputSize];
/// // for every sample:
/// int status = session.Step(input, 0, output, 0);
/// if ((status &amp; StepStatus.OutputReady) != 0) { /* output holds the answer */ }
/// </code>
/// </example>
public sealed partial class Model
{
    private Model()
    {
    }

    /// <summary>Features per input step, raw, before standardisation.</summary>
    public int InputSize => Main.InputSize;

    /// <summary>Floats per answer: <see cref="FramesPerAnswer"/> * <see cref="FrameSize"/>.</summary>
    public int OutputSize => FramesPerAnswer * FrameSize;

    /// <summary>Features per output step.</summary>
    public int FrameSize { get; internal set; }

    /// <summary>Output steps in one answer: 1 for a stream, the decoder's steps or the window's length for windows.</summary>
    public int FramesPerAnswer { get; internal set; }

    /// <summary>Steps after Reset until the state has forgotten its start; 0 when it was not measured.</summary>
    public int WarmUpSteps { get; internal set; }

    /// <summary>Whether values are 16-bit integers; layers may still compute in float where the converter was told so.</summary>
    public bool IsQuantized { get; internal set; }

    /// <summary>
    /// Whether every layer computes in integers, so that <see cref="Session.StepQuantized"/> runs it and the same bits come out
    /// on every machine.
    /// </summary>
    public bool IsIntegerOnly { get; internal set; }

    /// <summary>
    /// Whether <see cref="Session.StepCounts"/> runs the model: every layer computes in integers, and the file says how to
    /// standardise whole numbers without a float.
    /// </summary>
    public bool AcceptsCounts => IsIntegerOnly && Counts != null;

    /// <summary>Of a quantized model: the standardised input is held as integers, each times 2^InputFractionBits.</summary>
    public int InputFractionBits { get; internal set; }

    /// <summary>Bytes of golden steps as they lie in the file, for <see cref="SelfTest"/>; 0 where it has none.</summary>
    public int GoldenBytes => GoldenEnd - GoldenStart;

    /// <summary>Bytes of weights, biases and scales as they lie in the file.</summary>
    public int WeightBytes { get; internal set; }

    /// <summary>
    /// Bytes of weights that were laid out with two rows in one number, in place of the rows as in the file; 0 unless
    /// <see cref="Load(byte[], int, int)"/> was asked for it.
    /// </summary>
    public int RowPairBytes { get; internal set; }

    /// <summary>The model's own version, growing from update to update.</summary>
    public int ModelVersion { get; internal set; }

    /// <summary>Weights and biases, counted.</summary>
    public int WeightCount { get; internal set; }

    /// <summary>
    /// Multiply-accumulates of the costliest step: for windows the one that ends them, with replay and decoder.
    /// </summary>
    public long WorstCaseMacs { get; internal set; }

    /// <summary>Bytes of state one session keeps between steps: layers, rings, windows.</summary>
    public int StateBytes => Plan.StateBytes;

    /// <summary>Bytes one session needs only during a step.</summary>
    public int ScratchBytes => Plan.ScratchBytes;

    /// <summary>
    /// The SHA-256 of what determines the arithmetic, [32]: equal for files that compute the same. A copy at each call; the caller
    /// owns it.
    /// </summary>
    public byte[] GetId()
    {
        byte[] copy = new byte[Id.Length];
        System.Array.Copy(Id, copy, Id.Length);
        return copy;
    }

    /// <summary>Of a quantized model: a feature of an answer is held as an integer, times 2^OutputFractionBits.</summary>
    /// <param name="feature">0 to <see cref="FrameSize"/> - 1.</param>
    public int OutputFractionBits(int feature) => OutputBits[feature];

    internal byte[] Id { get; } = new byte[SectionTable.ModelIdBytes];

    internal LayerGraph Main { get; set; } = null!;

    internal LayerGraph? Decoder { get; set; }

    internal WindowSettings? Window { get; set; }

    internal MemoryPlan Plan { get; set; } = null!;

    internal float[]? InputMean { get; set; }

    internal float[]? InputInverseScale { get; set; }

    internal float InputClip { get; set; }

    internal CountStandardiser? Counts { get; set; }

    /// <summary>
    /// How a detector makes an alarm of the answers, as `edgernn calibrate` wrote it into the file; null where it has not. A copy is not
    /// made: change it before a <see cref="Runtime.Detector"/> is made of it, or not at all.
    /// </summary>
    public DetectorSettings? Detector { get; internal set; }

    /// <summary>The least number of steps from one answer to the next.</summary>
    internal long AnswerPeriod
    {
        get
        {
            if (Window == null || Window.Answer == WindowAnswer.EveryStep) return Main.OutputPeriod;
            return Window.Hop;
        }
    }

    // Where the payload of section gold lies in the file.
    internal int GoldenStart { get; set; }

    internal int GoldenEnd { get; set; }

    /// <summary>Cost of a number of steps after Reset, counted as for <see cref="ModelLimits.MaxCostPerStep"/>.</summary>
    internal long CostOf(int steps)
    {
        long mainStep = Main.CostPerStep;
        return Window == null ? steps * mainStep : Window.CostOf(steps, mainStep, Decoder == null ? 0 : Decoder.CostPerStep);
    }

    // Of a quantized model: 2^InputFractionBits, and per feature of a frame the answer's fraction bits k and 2^-k.
    internal double InputScale { get; set; }

    internal int[] OutputBits { get; set; } = new int[0];

    internal float[] OutputScales { get; set; } = new float[0];

    internal string[] ChannelNames { get; set; } = new string[0];

    internal string[] ChannelUnits { get; set; } = new string[0];

    /// <summary>Reads a model and proves it safe to run. All memory of the model is reserved here.</summary>
    /// <param name="file">The whole file. It is not kept; the caller may reuse it.</param>
    /// <exception cref="ModelException">The file is damaged, foreign, or asks for more than
    /// <see cref="ModelLimits"/>.</exception>
    public static Model Load(byte[] file)
    {
        return Load(file, ModelLimits.MaxSessionBytes);
    }

    /// <summary>Reads a model for a device with little memory.</summary>
    /// <param name="file">The whole file. It is not kept; the caller may reuse it.</param>
    /// <param name="maxSessionBytes">The most a session may take; a model that needs more is refused.</param>
    /// <exception cref="ModelException">The file is damaged, foreign, or asks for more than is allowed.</exception>
    public static Model Load(byte[] file, int maxSessionBytes)
    {
        return Load(file, maxSessionBytes, 0);
    }

    /// <summary>
    /// Reads a model for a device that interprets, trading memory for time: integer matrices are laid out with two rows in one
    /// 64-bit number, which takes four bytes a weight and about half the operations. Answers and states keep their bits, and saved
    /// states and golden steps fit either way. Processors with vectors have no use for it.
    /// </summary>
    /// <param name="file">The whole file. It is not kept; the caller may reuse it.</param>
    /// <param name="maxSessionBytes">The most a session may take; a model that needs more is refused.</param>
    /// <param name="maxRowPairBytes">The most such matrices may take together, 0 for none; those that no longer fit stay as they
    /// are. <see cref="RowPairBytes"/> says what was taken.</param>
    /// <exception cref="ModelException">The file is damaged, foreign, or asks for more than is allowed.</exception>
    public static Model Load(byte[] file, int maxSessionBytes, int maxRowPairBytes)
    {
        Model model = new Model();
        SectionTable sections = new SectionTable(file);
        VerifyId(sections);
        ModelReader.Read(sections, maxSessionBytes, new WeightPacking(maxRowPairBytes), true, model);
        ReadMetadata(sections, model);
        return model;
    }

    // Where SHA-256 is at hand the identity is recomputed; devices rely on the checksums.
    static partial void VerifyId(SectionTable sections);

    // Names and labels are for people; devices leave them in the file.
    static partial void ReadMetadata(SectionTable sections, Model model);
}
