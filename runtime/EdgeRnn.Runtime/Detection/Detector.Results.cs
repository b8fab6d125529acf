namespace EdgeRnn.Runtime;

// What a detector has to say after a step.
public sealed partial class Detector
{
    // The tally: offsets from _at into the ints of the memory.
    private const int StateNow = 0;
    private const int Settling = 1;     // steps without a fault until scores count
    private const int Disturbed = 2;    // 1 from a fault until the network has settled again
    private const int BlindSteps = 3;   // in a row, because of faults
    private const int Substituted = 4;
    private const int Faults = 5;
    private const int Restarts = 6;
    private const int HasTime = 7;
    private const int LastMs = 8;
    private const int Scored = 9;       // 1 once there was a score
    private const int Latest = 10;      // score, not smoothed
    private const int Blind = 11;       // 1 where the last step was not judged
    private const int TallySize = 12;

    private const float OneScore = FixedScore.One;

    /// <summary>What the detector is doing, as the last step returned it.</summary>
    public DetectorState State => (DetectorState)_memory.Ints[_at + StateNow];

    /// <summary>Whether an alarm is on; it stays so while a sensor is faulty.</summary>
    public bool IsAlarming => _policy.IsActive;

    /// <summary>Whether an alarm began at the last step.</summary>
    public bool AlarmBegan { get; private set; }

    /// <summary>Whether there is a score yet.</summary>
    public bool HasScore => _memory.Ints[_at + Scored] != 0;

    /// <summary>Whether everything that has to be learnt is.</summary>
    public bool IsCalibrated => _limit.IsLearnt && (_channelScale == null || _channelScale.Count >= _channelSteps);

    /// <summary>Steps of the normal period learnt so far.</summary>
    public int CalibratedSteps => (_channelScale == null ? 0 : _channelScale.Count) + _limit.Learnt;

    /// <summary>Steps of the normal period together.</summary>
    public int CalibrationSteps => _channelSteps + _limit.Steps;

    /// <summary>
    /// Whether the last step was not judged, because the network has not settled or a sample was substituted. One in doubt
    /// (<see cref="SensorSettings.StuckSteps"/>) is not judged either, but not blind: the network reads on.
    /// </summary>
    public bool IsBlind => _memory.Ints[_at + Blind] != 0;

    /// <summary>The smoothed score, not negative: what is compared with <see cref="Threshold"/>.</summary>
    public float Score => ScoreBits / OneScore;

    /// <summary>The score of the last answer alone.</summary>
    public float LatestScore => _memory.Ints[_at + Latest] / OneScore;

    /// <summary>Above this the score is out of bounds; 0 before it is learnt.</summary>
    public float Threshold => _limit.IsLearnt ? _limit.Upper / OneScore : 0;

    /// <summary>Below this the score is out of bounds, too; 0 or less: it is never.</summary>
    public float LowerThreshold => _limit.IsLearnt && _limit.Lower > 0 ? _limit.Lower / OneScore : 0;

    /// <summary>As <see cref="Score"/>, times 2^16, without a float.</summary>
    public int ScoreBits => _smoothed.Value(0);

    /// <summary>As <see cref="Threshold"/>, times 2^16, without a float.</summary>
    public int ThresholdBits => _limit.IsLearnt ? _limit.Upper : 0;

    /// <summary>Alarms begun since Reset, stopping at the largest int.</summary>
    public int AlarmCount => _policy.Alarms;

    /// <summary>Scores judged during alarms since Reset, stopping at the largest int.</summary>
    public int AlarmSteps => _policy.AlarmSteps;

    /// <summary>Times the detector went to <see cref="DetectorState.SensorFault"/>, stopping at the largest int.</summary>
    public int FaultCount => _memory.Ints[_at + Faults];

    /// <summary>Readings replaced because they were faulty, stopping at the largest int.</summary>
    public int SubstitutedReadings => _memory.Ints[_at + Substituted];

    /// <summary>Times the network was started anew because an answer was not finite, stopping at the largest int.</summary>
    public int RestartCount => _memory.Ints[_at + Restarts];

    /// <summary>
    /// The channels' errors of the last step that had any, as they were combined, times 2^16: [ChannelCount]. The array is the
    /// detector's own.
    /// </summary>
    internal int[] ErrorBits => _errors;

    /// <summary>What is wrong with an input channel's last sample.</summary>
    /// <param name="channel">0 to <see cref="Model.InputSize"/> - 1.</param>
    public SensorFaultKind FaultOf(int channel) => _guard.FaultOf(channel);

    /// <summary>
    /// The channel's part of the smoothed score, not negative: for a sum its weighted error, for a norm or a distance its part of the
    /// square.
    /// </summary>
    /// <param name="channel">0 to <see cref="ChannelCount"/> - 1.</param>
    public float Part(int channel) => _smoothed.Value(1 + channel) / OneScore;

    /// <summary>The channel's share of the score in percent, 0 to 100; all together about 100, or 0 where there is no score.</summary>
    /// <param name="channel">0 to <see cref="ChannelCount"/> - 1.</param>
    public int SharePercent(int channel)
    {
        long sum = 0;
        for (int i = 0; i < ChannelCount; i++) sum += _smoothed.Value(1 + i);
        return sum == 0 ? 0 : (int)((_smoothed.Value(1 + channel) * 100L + sum / 2) / sum);
    }
}
