using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Peaks over threshold (Siffer et al. 2017): of a normal period the quantile t, its peaks beyond t, and z, beyond which a score goes with
/// the probability q: z = t + sigma / gamma ((q n / N)^-gamma - 1), N of n scores being peaks, gamma and sigma fitted to their excesses.
/// A peak that comes later is learnt, too. Where the paper ignores what is beyond the threshold, here the first of a run counts as a peak
/// that is censored there: of its size nothing is learnt, but that it was. Without them the fitted tail ends at z, the next z is lower, and
/// so on. So q is the rate at which runs begin.
/// z - t stays within the adaptation limit of what it was first. Of the peaks the last 256 are kept. N and n are halved when N reaches
/// twice as many, so that the rate of peaks is as recent as they are. A fit waits until as many peaks are new as one in 16 of those kept.
/// </summary>
internal sealed class PeakTail
{
    private const int MaxPeaks = DetectorChecks.MaxPeaks;

    private const int MinFitted = 10;         // fewer say nothing about the shape: an exponential tail
    private const int NewShare = 16;
    private const int MostCount = 1 << 29;
    private const double MinScale = 1 << 6;   // about 0.001, the deviation that ChannelScale starts from: scores that never differ
    private const int Stride = 157;           // the kept peaks begin in ascending order, and are replaced in a mixed one

    private const int Scores = 0;             // offsets into the state: n, 0 while the normal period lasts
    private const int Peaks = 1;              // N
    private const int New = 2;                // peaks since the last fit
    private const int Next = 3;               // the place of the oldest peak
    private const int Start = 4;              // t
    private const int Excess = 5;             // z - t
    private const int Learnt = 6;             // z - t as first learnt
    private const int IsBeyond = 7;           // 1 when the last score was beyond the threshold
    private const int StateSize = 8;

    private readonly DetectorMemory _memory;
    private readonly LargestScores _largest;  // its ints hold the excesses when the normal period is over
    private readonly ParetoFit _fit = new ParetoFit();
    private readonly int _at;
    private readonly int _steps;
    private readonly double _risk;
    private readonly int _limit;

    /// <param name="memory">Receives 265 ints.</param>
    /// <param name="settings">Checked settings.</param>
    /// <param name="steps">Scores of the normal period.</param>
    public PeakTail(DetectorMemory memory, DetectorSettings settings, int steps)
    {
        _memory = memory;
        _largest = new LargestScores(memory, settings.Level, steps, MaxPeaks);
        _at = memory.Reserve(StateSize);
        _steps = steps;
        _risk = settings.Risk;
        _limit = FixedScore.Of(settings.AdaptationLimit);
    }

    /// <summary>z; 0 while the normal period lasts.</summary>
    public int Bound => FixedScore.Saturate((long)_memory.Ints[_at + Start] + _memory.Ints[_at + Excess]);

    /// <summary>Takes a score of the normal period.</summary>
    public void Learn(int score) => _largest.Add(score);

    /// <summary>Ends the normal period.</summary>
    public void Finish()
    {
        int[] ints = _memory.Ints;
        int start = _largest.Quantile(), first = _largest.First, kept = ints[_largest.Count], peaks = 0;
        for (int i = 0; i < kept; i++)
        {
            if (ints[first + i] > start) ints[first + peaks++] = ExcessOf(ints[first + i], start);
        }
        ints[_largest.Count] = peaks;
        ints[_at + Scores] = _steps;
        ints[_at + Peaks] = peaks;
        ints[_at + Start] = start;
        ints[_at + Excess] = ints[_at + Learnt] = Fit();
    }

    /// <summary>Takes a normal score of the time after it.</summary>
    public void Take(int score)
    {
        int[] ints = _memory.Ints;
        ints[_at + IsBeyond] = 0;
        if (score > ints[_at + Start]) AddPeak(ExcessOf(score, ints[_at + Start]));
        CountScore();
    }

    /// <summary>Takes a score that is beyond the threshold.</summary>
    /// <param name="score">The score; no peak if a factor below 1 has brought the threshold below t, and the score too is below.</param>
    /// <param name="threshold">What it is beyond.</param>
    public void TakeBeyond(int score, int threshold)
    {
        int[] ints = _memory.Ints;
        if (ints[_at + IsBeyond] != 0) return;
        ints[_at + IsBeyond] = 1;
        if (score > ints[_at + Start]) AddPeak(-AtLeastOne((long)threshold - ints[_at + Start]));
        CountScore();
    }

    /// <summary>As <see cref="IsSound"/>, and whether it fits the number of scores learnt.</summary>
    /// <param name="learnt">Scores learnt so far; -1 once the normal period is over.</param>
    public bool IsSoundAfter(int learnt) => IsSound() &&
        (learnt < 0 ? _memory.Ints[_at + Scores] > 0 : _memory.Ints[_at + Scores] == 0 && _largest.IsSoundAfter(learnt));

    /// <summary>Whether what was restored can have been saved.</summary>
    public bool IsSound()
    {
        int[] ints = _memory.Ints;
        int kept = ints[_largest.Count], scores = ints[_at + Scores];
        if (scores == 0)
        {
            for (int i = _at; i < _at + StateSize; i++)
            {
                if (ints[i] != 0) return false;
            }
            return _largest.IsSound();
        }
        if (kept < 0 || kept > MaxPeaks) return false;
        for (int i = _largest.First; i < _largest.First + kept; i++)
        {
            if (ints[i] == 0 || ints[i] < -FixedScore.Max || ints[i] > FixedScore.Max) return false;
        }
        return scores > 0 && scores < MostCount && (ints[_at + IsBeyond] & ~1) == 0 &&
            ints[_at + Peaks] >= 0 && ints[_at + Peaks] < 2 * MaxPeaks && ints[_at + Peaks] <= scores &&
            ints[_at + New] >= 0 && ints[_at + New] <= MaxPeaks &&
            ints[_at + Next] >= 0 && ints[_at + Next] < MaxPeaks &&
            ints[_at + Start] >= -FixedScore.Max && ints[_at + Start] <= FixedScore.Max &&
            ints[_at + Excess] > 0 && ints[_at + Excess] <= FixedScore.Max &&
            ints[_at + Learnt] > 0 && ints[_at + Learnt] <= FixedScore.Max;
    }

    private static int ExcessOf(int score, int start) => FixedScore.Saturate((long)score - start);

    private void CountScore()
    {
        int[] ints = _memory.Ints;
        ints[_at + Scores]++;
        if (ints[_at + Peaks] < 2 * MaxPeaks && ints[_at + Scores] < MostCount) return;
        ints[_at + Scores] >>= 1;
        ints[_at + Peaks] >>= 1;
    }

    private void AddPeak(int excess)
    {
        int[] ints = _memory.Ints;
        int kept = ints[_largest.Count], place = kept;
        if (kept < MaxPeaks)
        {
            ints[_largest.Count] = ++kept;
        }
        else
        {
            place = ints[_at + Next];
            ints[_at + Next] = (place + Stride) & (MaxPeaks - 1);
        }
        ints[_largest.First + place] = excess;
        ints[_at + Peaks]++;
        if (++ints[_at + New] * NewShare < kept) return;
        ints[_at + New] = 0;
        long learnt = ints[_at + Learnt], fitted = Fit();
        long least = (learnt << FixedScore.Bits) / _limit, most = (learnt * _limit) >> FixedScore.Bits;
        ints[_at + Excess] = AtLeastOne(fitted < least ? least : fitted > most ? most : fitted);
    }

    private int Fit()
    {
        int[] ints = _memory.Ints;
        int kept = ints[_largest.Count];
        double share = _risk * ints[_at + Scores] / Math.Max(ints[_at + Peaks], 1);
        if (share > 0.999) share = 0.999;
        double excess;
        if (kept < MinFitted)
        {
            excess = -Scale(kept) * PortableMath.Log(share);
        }
        else
        {
            _fit.Fit(ints, _largest.First, kept);
            excess = _fit.Quantile(share);
        }
        return excess >= FixedScore.Max ? FixedScore.Max : AtLeastOne((long)excess);
    }

    // Of an exponential tail: the mean of the excesses, those that are censored adding to the sum alone.
    private double Scale(int kept)
    {
        double sum = 0;
        int known = 0;
        for (int i = _largest.First; i < _largest.First + kept; i++)
        {
            int excess = _memory.Ints[i];
            if (excess > 0) known++;
            sum += excess < 0 ? -excess : excess;
        }
        double scale = sum / Math.Max(known, 1);
        return scale < MinScale ? MinScale : scale;
    }

    private static int AtLeastOne(long excess) => excess < 1 ? 1 : FixedScore.Saturate(excess);
}
