namespace EdgeRnn.Runtime;

/// <summary>
/// A quantile of the normal period's scores, times a factor. The number of scores is known beforehand, so the largest (1 - q) n + 2 of
/// them are enough for the exact quantile, interpolated between two neighbours as NumPy and R (type 7) do.
/// Adaptation moves it by a step of its own size: up by a q above it, down by a (1 - q) below it, which holds still where a
/// fraction q of the scores is below.
/// </summary>
internal sealed class QuantileThreshold : Threshold
{
    /// <summary>Most scores that are kept: 4 KB.</summary>
    public const int MaxKept = 1024;

    private const int ExtraBits = 16;

    private readonly int _capacity; // scores kept, the largest, ascending
    private readonly int _rank;     // 0 for the largest: which of all scores stands below the quantile's place
    private readonly int _fraction; // of the way from there to the next larger one, in units of 2^-16
    private readonly int _scores;
    private readonly int _kept;
    private readonly int _learnt;
    private readonly int _current;  // a long, with 16 bits more than a score
    private readonly int _up;
    private readonly int _down;
    private readonly int _limit;

    /// <param name="memory">Receives the kept scores and four ints.</param>
    /// <param name="settings">Checked settings.</param>
    public QuantileThreshold(DetectorMemory memory, DetectorSettings settings) : base(memory, settings)
    {
        double place = (double)settings.Level * (settings.ThresholdSteps - 1);
        int below = (int)System.Math.Floor(place);
        _rank = settings.ThresholdSteps - 1 - below;
        _fraction = (int)((place - below) * FixedScore.One);
        _capacity = _rank + 1;
        _scores = memory.Reserve(_capacity);
        _kept = memory.Reserve(1);
        _learnt = memory.Reserve(1);
        _current = memory.Reserve(2);
        _up = (int)System.Math.Floor(settings.Adaptation * settings.Level * FixedScore.One + 0.5);
        _down = (int)System.Math.Floor(settings.Adaptation * (1 - settings.Level) * FixedScore.One + 0.5);
        _limit = FixedScore.Of(settings.AdaptationLimit);
    }

    /// <summary>Scores that have to be kept for a quantile of so many.</summary>
    public static int KeptScores(double level, int steps) => steps - (int)System.Math.Floor(level * (steps - 1));

    public override int Value => Widen((int)(Memory.Long(_current) >> ExtraBits));

    public override void Learn(int score)
    {
        int[] ints = Memory.Ints;
        int kept = ints[_kept], first = _scores;
        if (kept == _capacity)
        {
            if (score <= ints[first]) return;
            kept--;
            for (int i = 0; i < kept; i++) ints[first + i] = ints[first + i + 1];
        }
        int at = kept;
        for (; at > 0 && ints[first + at - 1] > score; at--) ints[first + at] = ints[first + at - 1];
        ints[first + at] = score;
        ints[_kept] = kept + 1;
    }

    public override void Finish()
    {
        int[] ints = Memory.Ints;
        int last = _scores + ints[_kept] - 1;
        int lower = ints[last - _rank], upper = _rank == 0 ? lower : ints[last - _rank + 1];
        int quantile = lower + (int)(((long)(upper - lower) * _fraction) >> FixedScore.Bits);
        ints[_learnt] = quantile;
        Memory.SetLong(_current, (long)quantile << ExtraBits);
    }

    public override bool Exceeds(int score, bool mayLearn)
    {
        if (score > Value) return true;
        if (mayLearn && _up != 0) Adapt(score);
        return false;
    }

    public override bool IsSound()
    {
        int[] ints = Memory.Ints;
        int kept = ints[_kept];
        if (kept < 0 || kept > _capacity) return false;
        for (int i = 0; i < kept; i++)
        {
            int score = ints[_scores + i];
            if (score < -FixedScore.Max || score > FixedScore.Max || (i > 0 && score < ints[_scores + i - 1])) return false;
        }
        long current = Memory.Long(_current);
        return current >= -((long)FixedScore.Max << ExtraBits) && current <= (long)FixedScore.Max << ExtraBits &&
            ints[_learnt] >= -FixedScore.Max && ints[_learnt] <= FixedScore.Max;
    }

    // Finish reads the kept scores by their rank: there have to be as many as it counts on.
    public override bool IsSoundAfter(int learnt) =>
        Memory.Ints[_kept] == (learnt < 0 || learnt > _capacity ? _capacity : learnt) && IsSound();

    private void Adapt(int score)
    {
        long learnt = Memory.Ints[_learnt], size = learnt < 0 ? -learnt : learnt, current = Memory.Long(_current);
        current += score > current >> ExtraBits ? size * _up : -size * _down;
        long far = size * _limit, near = (size << (2 * ExtraBits)) / _limit;
        if (far > (long)FixedScore.Max << ExtraBits) far = (long)FixedScore.Max << ExtraBits;
        long least = learnt < 0 ? -far : near, most = learnt < 0 ? -near : far;
        Memory.SetLong(_current, current < least ? least : current > most ? most : current);
    }
}
