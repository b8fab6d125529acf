using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Turns a stream of samples into an alarm one can trust: guards the network against faulty sensors, scores its answers, learns on the
/// device what is normal, and applies an alarm policy. All memory is reserved at creation; a step allocates nothing, throws only on
/// a buffer that is too short, and gives the same bits on every machine where the model does. Belongs to one thread at a time.
/// </summary>
/// <example>
/// <code>
/// Model model = Model.Load("pump.ernn");         // calibrated: edgernn calibrate
/// Detector detector = new Detector(model);
/// float[] sample = new float[model.InputSize];
/// while (sensor.Read(sample))
/// {
///     DetectorState state = detector.Step(sample, 0);
///     alarmPin.Write(detector.IsAlarming);
/// }
/// </code>
/// </example>
public sealed partial class Detector
{
    private readonly Model _model;
    private readonly Session _session;
    private readonly DetectorMemory _memory;
    private readonly SensorGuard _guard;
    private readonly ReadingScale _scale;
    private readonly SampleSource _samples;
    private readonly SampleFloats? _floats;  // the samples, if they are of this kind
    private readonly SampleCounts? _counts;
    private readonly ErrorSource _source;
    private readonly ChannelScale? _channelScale;
    private readonly ErrorCombination _combination;
    private readonly Ewma? _smoothedErrors;  // where channels are averaged before they are combined
    private readonly Ewma _smoothed;         // the score, then each channel's part of it
    private readonly bool _rootScores;
    private readonly ScoreLimit _limit;
    private readonly AlarmPolicy _policy;
    private readonly int _warmUpSteps;
    private readonly int _recoverySteps;
    private readonly int _maxSubstituted;
    private readonly int _maxBlindSteps;
    private readonly int _channelSteps;
    private readonly int _periodMs;
    private readonly int _lateMs;
    private readonly int _at;                // of the tally

    private const int MostSettling = 1 << 30;

    // Between the parts of one step; nothing of it lasts.
    private readonly int[] _inputs;
    private readonly int[] _answers;
    private readonly int[] _errors;
    private readonly int[] _parts;

    /// <summary>A detector with the settings in the model's file, for float samples.</summary>
    /// <param name="model">Shared, not changed.</param>
    /// <exception cref="ArgumentException">The file holds no settings: run `edgernn calibrate` first.</exception>
    /// <exception cref="ModelException">The detector takes more memory than <see cref="ModelLimits"/> allow.</exception>
    public Detector(Model model) : this(model, SettingsOf(model), false)
    {
    }

    /// <summary>A detector with settings of one's own.</summary>
    /// <param name="model">Shared, not changed.</param>
    /// <param name="settings">Read here and not kept.</param>
    /// <param name="counts">True for a sensor that gives whole numbers, read by <see cref="StepCounts"/> without a float; the model
    /// has to accept them (<see cref="Model.AcceptsCounts"/>).</param>
    /// <exception cref="ArgumentException">The model does not accept counts.</exception>
    /// <exception cref="ModelException">A setting is out of its range, does not fit the model, or takes more memory than
    /// <see cref="ModelLimits"/> allow.</exception>
    public Detector(Model model, DetectorSettings settings, bool counts)
    {
        DetectorChecks.Check(settings, model);
        if (counts && !model.AcceptsCounts) ThrowNoCounts();
        SensorSettings sensors = settings.Sensors;
        _model = model;
        _session = new Session(model);
        _maxSubstituted = sensors.MaxSubstituted;
        _channelSteps = settings.NormaliseChannels ? settings.ChannelSteps : 0;
        _periodMs = sensors.PeriodMs;
        _lateMs = sensors.LateMs;

        _memory = new DetectorMemory();
        _at = _memory.Reserve(TallySize);
        _scale = new ReadingScale(model, counts);
        _guard = new SensorGuard(_memory, sensors, model.InputSize, _scale);
        if (counts) _samples = _counts = new SampleCounts(_memory, model, sensors);
        else _samples = _floats = new SampleFloats(_memory, model, sensors);
        _source = MakeSource(_memory, model, settings);
        int warmUp = Math.Min(settings.WarmUpSteps < 0 ? model.WarmUpSteps : settings.WarmUpSteps, MostSettling);
        int recovery = Math.Min(sensors.RecoverySteps < 0 ? model.WarmUpSteps : sensors.RecoverySteps, MostSettling);
        _warmUpSteps = _source.SettlingSteps(warmUp);
        _recoverySteps = _source.SettlingSteps(Math.Max(recovery, Math.Max(1, WindowSteps(model))));
        _maxBlindSteps = sensors.MaxSubstituted + 2 * Math.Min(_recoverySteps, DetectorChecks.MaxSteps);
        int channels = DetectorChecks.ChannelsOf(settings, model);
        if (_channelSteps > 0) _channelScale = new ChannelScale(_memory, channels);
        _combination = new ErrorCombination(settings, channels);
        _rootScores = settings.RootScores;
        int weight = Math.Max(1, FixedScore.Of(settings.Smoothing));
        if (settings.SmoothChannels) _smoothedErrors = new Ewma(_memory, channels, weight);
        _smoothed = new Ewma(_memory, 1 + channels, settings.SmoothChannels ? FixedScore.One : weight);
        _limit = new ScoreLimit(_memory, settings);
        _policy = new AlarmPolicy(_memory, settings);
        _memory.Allocate();

        _inputs = new int[model.InputSize];
        _answers = new int[model.OutputSize];
        _errors = new int[channels];
        _parts = new int[1 + channels];
        _settingsId = DetectorChecks.IdOf(settings, counts);
        Reset();
    }

    /// <summary>The model whose answers are judged.</summary>
    public Model Model => _model;

    /// <summary>Channels of the score: see <see cref="DetectorSettings"/>.</summary>
    public int ChannelCount => _errors.Length;

    /// <summary>Whether it was made for <see cref="StepCounts"/>, and not for <see cref="Step"/>.</summary>
    public bool TakesCounts => _counts != null;

    /// <summary>Milliseconds from one sample to the next, as the settings say; 0: they do not.</summary>
    public int PeriodMs => _periodMs;

    /// <summary>How many samples in a row may be substituted before the sensor counts as faulty.</summary>
    public int MaxSubstituted => _maxSubstituted;

    /// <summary>Bytes the detector remembers between steps, besides the network's state.</summary>
    public int StateBytes => _memory.Bytes;

    /// <summary>Bytes needed only during a step, besides the network's.</summary>
    public int ScratchBytes => 4 * (_inputs.Length + _answers.Length + _errors.Length + _parts.Length) + _samples.ScratchBytes;

    /// <summary>
    /// Back to a new detector: nothing is learnt, no alarm. Allocates nothing.
    /// </summary>
    public void Reset()
    {
        AlarmBegan = false;
        _limit.Override(0);
        _session.Reset();
        Array.Clear(_memory.Ints, 0, _memory.Ints.Length);
        Array.Clear(_memory.Floats, 0, _memory.Floats.Length);
        _source.Reset();
        _samples.Reset();
        _memory.Ints[_at + Settling] = _warmUpSteps;
        UpdateState(_warmUpSteps > 0);
    }

    /// <summary>
    /// Has scores compared with a threshold of a person's choice, to try it out. What was learnt stays and learns nothing meanwhile. Not
    /// part of the saved state, and gone after <see cref="Reset"/>: a choice that lasts belongs in the settings.
    /// </summary>
    /// <param name="threshold">In place of <see cref="Threshold"/> from the next score on, once that is learnt; 0: what was learnt
    /// holds again. Above 32 767 counts as that; negative or not a number counts as 0.</param>
    public void OverrideThreshold(float threshold) => _limit.Override(threshold > 0 ? Math.Max(1, FixedScore.Of(threshold)) : 0);

    /// <summary>Ends an alarm, a latched one too.</summary>
    public void Acknowledge()
    {
        _policy.End();
        UpdateState(IsBlind);
    }

    // How long a sample stays in the windows of a model that starts each of them anew, until the last answer about them is given.
    private static int WindowSteps(Model model)
    {
        WindowSettings? window = model.Window;
        if (window == null || window.WindowLength == 0 || window.CarriesState) return 0;
        int ticks = window.DecoderStepsPerTick == 0 ? 1 : (window.DecoderSteps - 1) / window.DecoderStepsPerTick + 1;
        return window.WindowLength + ticks - 1;
    }

    private static ErrorSource MakeSource(DetectorMemory memory, Model model, DetectorSettings settings)
    {
        if (settings.Kind == ScoreKind.Level) return new LevelErrors(model);
        if (settings.Kind == ScoreKind.Confidence) return new ConfidenceErrors(model, settings.NormalClass);
        int[] targets = new int[model.FrameSize];
        for (int i = 0; i < targets.Length; i++) targets[i] = settings.Targets.Length == 0 ? i : settings.Targets[i];
        if (settings.Kind == ScoreKind.Forecast) return new ForecastErrors(memory, model, targets, settings.Lead);
        return new ReconstructionErrors(memory, model, targets, settings.Lead);
    }

    private static DetectorSettings SettingsOf(Model model)
    {
        return model.Detector ?? throw new ArgumentException(
            "Detector: the model's file has no detector settings; run edgernn calibrate over it, or pass settings");
    }

    private static void ThrowNoCounts()
    {
        throw new ArgumentException("Detector: the model does not accept counts; convert it with its mean and scale and --scheme w8a16," +
            " or read floats");
    }
}
