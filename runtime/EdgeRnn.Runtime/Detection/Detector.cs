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
    private readonly SampleFloats? _floats;  // one of the two
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

    // Between the parts of one step; nothing of it lasts.
    private readonly float[] _sample;
    private readonly short[] _countSample;
    private readonly float[] _floatAnswer;
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
        _warmUpSteps = settings.WarmUpSteps < 0 ? model.WarmUpSteps : settings.WarmUpSteps;
        _recoverySteps = sensors.RecoverySteps < 0 ? model.WarmUpSteps : sensors.RecoverySteps;
        _maxSubstituted = sensors.MaxSubstituted;
        _maxBlindSteps = sensors.MaxSubstituted + 2 * Math.Min(_recoverySteps, DetectorChecks.MaxSteps);
        _channelSteps = settings.NormaliseChannels ? settings.ChannelSteps : 0;
        _periodMs = sensors.PeriodMs;
        _lateMs = sensors.LateMs;

        _memory = new DetectorMemory();
        _at = _memory.Reserve(TallySize);
        _scale = new ReadingScale(model, counts);
        _guard = new SensorGuard(_memory, sensors, model.InputSize, _scale);
        if (counts) _counts = new SampleCounts(_memory, model, sensors);
        else _floats = new SampleFloats(_memory, model, sensors);
        _source = MakeSource(_memory, model, settings);
        int channels = _source.Size;
        if (_channelSteps > 0) _channelScale = new ChannelScale(_memory, channels);
        _combination = new ErrorCombination(settings, channels);
        _rootScores = settings.RootScores;
        int weight = Math.Max(1, FixedScore.Of(settings.Smoothing));
        if (settings.SmoothChannels) _smoothedErrors = new Ewma(_memory, channels, weight);
        _smoothed = new Ewma(_memory, 1 + channels, settings.SmoothChannels ? FixedScore.One : weight);
        _limit = new ScoreLimit(_memory, settings);
        _policy = new AlarmPolicy(_memory, settings);
        _memory.Allocate();

        _sample = new float[counts ? 0 : model.InputSize];
        _countSample = new short[counts ? model.InputSize : 0];
        _floatAnswer = new float[model.IsQuantized ? 0 : model.OutputSize];
        _inputs = new int[model.InputSize];
        _answers = new int[model.OutputSize];
        _errors = new int[channels];
        _parts = new int[1 + channels];
        _settingsId = DetectorChecks.IdOf(settings, counts);
        Reset();
    }

    /// <summary>The model whose answers are judged.</summary>
    public Model Model => _model;

    /// <summary>Channels of the score: the features of an answer's frame, or 1 for a classifier.</summary>
    public int ChannelCount => _source.Size;

    /// <summary>Bytes the detector remembers between steps, besides the network's state.</summary>
    public int StateBytes => _memory.Bytes;

    /// <summary>Bytes needed only during a step, besides the network's.</summary>
    public int ScratchBytes => 4 * (_sample.Length + _floatAnswer.Length + _inputs.Length + _answers.Length + _errors.Length +
        _parts.Length) + 2 * _countSample.Length;

    /// <summary>
    /// Back to a new detector: nothing is learnt, no alarm. Allocates nothing.
    /// </summary>
    public void Reset()
    {
        AlarmBegan = false;
        _session.Reset();
        Array.Clear(_memory.Ints, 0, _memory.Ints.Length);
        Array.Clear(_memory.Floats, 0, _memory.Floats.Length);
        _source.Reset();
        if (_floats != null) _floats.Reset();
        if (_counts != null) _counts.Reset();
        _memory.Ints[_at + Settling] = _warmUpSteps;
        UpdateState(false);
    }

    /// <summary>Ends an alarm, a latched one too.</summary>
    public void Acknowledge()
    {
        _policy.End();
        UpdateState(IsBlind);
    }

    // What a step's answer is worth, once the network has read the sample or what stands for it.
    private DetectorState Judge(int status)
    {
        int[] ints = _memory.Ints;
        bool hasAnswer = (status & StepStatus.OutputReady) != 0;
        if ((status & FixedScore.BadAnswer) != 0)
        {
            // The network's state is beyond repair: it starts anew, and nothing it says counts before it has settled.
            _session.Reset();
            _source.Reset();
            hasAnswer = false;
            Increase(_at + Restarts);
        }
        bool isFaulty = _guard.IsAnyFaulty || (status & FixedScore.BadAnswer) != 0;
        if (isFaulty)
        {
            if (ints[_at + Settling] < _recoverySteps) ints[_at + Settling] = _recoverySteps;
            ints[_at + Disturbed] = 1;
        }
        bool isBlind = isFaulty || ints[_at + Settling] > 0;
        if (!isFaulty && ints[_at + Settling] > 0) ints[_at + Settling]--;
        if (!isBlind) ints[_at + Disturbed] = 0;
        ints[_at + BlindSteps] = ints[_at + Disturbed] == 0 ? 0 : Math.Min(ints[_at + BlindSteps], _maxBlindSteps) + 1;

        bool began = false;
        if (_source.Step(_inputs, _answers, hasAnswer, _errors)) began = TakeErrors(isBlind);
        AlarmBegan = began;
        return UpdateState(isBlind);
    }

    // The errors of this step are known.
    private bool TakeErrors(bool isBlind)
    {
        // What a fault brings about does not enter the averages: they continue where they were.
        bool isDisturbed = _memory.Ints[_at + Disturbed] != 0;
        if (_smoothedErrors != null)
        {
            if (!isDisturbed) _smoothedErrors.Add(_errors, 0);
            for (int i = 0; i < _errors.Length; i++) _errors[i] = _smoothedErrors.Value(i);
        }
        if (_channelScale != null)
        {
            if (_channelScale.Count < _channelSteps)
            {
                if (isBlind) return false;
                _channelScale.Learn(_errors);
                if (_channelScale.Count == _channelSteps) _channelScale.Finish();
                return false;
            }
            _channelScale.Apply(_errors);
        }
        int score = _combination.Combine(_errors, _parts, 1);
        if (_rootScores) score = (int)FixedScore.SquareRoot((long)score << FixedScore.Bits);
        _parts[0] = _memory.Ints[_at + Latest] = score;
        if (isDisturbed) return false;
        _smoothed.Add(_parts, 0);
        _memory.Ints[_at + Scored] = 1;
        if (isBlind) return false;
        if (!_limit.IsLearnt)
        {
            _limit.Learn(ScoreBits);
            return false;
        }
        bool beyond = _limit.Exceeds(ScoreBits, !_policy.IsActive);
        return _policy.Step(beyond, _limit.IsCalm);
    }

    private DetectorState UpdateState(bool isBlind)
    {
        DetectorState state = DetectorState.Ready;
        if (_guard.IsAnyLost || _memory.Ints[_at + BlindSteps] > _maxBlindSteps) state = DetectorState.SensorFault;
        else if (_policy.IsActive) state = DetectorState.Alarm;
        else if (isBlind || _memory.Ints[_at + Settling] > 0) state = DetectorState.WarmingUp;
        else if (!IsCalibrated) state = DetectorState.Calibrating;
        if (state == DetectorState.SensorFault && State != DetectorState.SensorFault) Increase(_at + Faults);
        _memory.Ints[_at + StateNow] = (int)state;
        return state;
    }

    private void Increase(int at)
    {
        if (_memory.Ints[at] < int.MaxValue) _memory.Ints[at]++;
    }

    private static ErrorSource MakeAnswerSource(DetectorMemory memory, Model model, DetectorSettings settings)
    {
        int[] targets = new int[model.FrameSize];
        for (int i = 0; i < targets.Length; i++) targets[i] = settings.Targets.Length == 0 ? i : settings.Targets[i];
        if (settings.Kind == ScoreKind.Forecast) return new ForecastErrors(memory, model, targets, settings.Lead);
        return new ReconstructionErrors(memory, model, targets, settings.Lead);
    }

    private static ErrorSource MakeSource(DetectorMemory memory, Model model, DetectorSettings settings)
    {
        if (settings.Kind == ScoreKind.Level) return new LevelErrors(null, model);
        if (settings.Kind == ScoreKind.Confidence) return new ConfidenceErrors(model, settings.NormalClass);
        ErrorSource answers = MakeAnswerSource(memory, model, settings);
        return settings.AddLevel ? new LevelErrors(answers, model) : answers;
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
