using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Dynamic threshold with pruning (Hundman et al., Detecting spacecraft anomalies using LSTMs and nonparametric dynamic thresholding, KDD
/// 2018), over a window of the last scores, the current one included. Of e = mean + z deviations, z from the least one to 12 in halves, it
/// takes the e that maximises (dMean / |mean| + dDeviation / deviation) / (scores above + runs above^2), the differences being those that
/// the scores above e make. As in the authors' code, e has at most 5 runs and less than half of the scores above it, of equals the largest
/// z counts, and 12 where there is no such e. Negative means come with negated scores, which are mirrored at their mean, as the authors do.
/// Then the peaks of the runs and the largest other score are sorted: a run is an anomaly where at or below its peak one number is by
/// more than the pruning share below the one before it.
/// The normal period fills the window. While an alarm is on the window rests, and scores are compared with the last threshold. A
/// tick takes at most 34 passes over the window, most of them only while something stands out in it.
/// </summary>
internal sealed class DynamicThreshold : Threshold
{
    private const double MostDeviations = 12;
    private const double DeviationStep = 0.5;
    private const int MaxRuns = 5;
    private const double MinDeviation = 1 << 6; // about 0.001: scores that never differ

    private readonly RecentScores _recent;
    private readonly int _value;
    private readonly double _least;
    private readonly double _pruning;

    // Of the window at hand; nothing of it lasts.
    private double _mean;
    private double _deviation;
    private int _centre;
    private int _largest;

    /// <param name="memory">Receives history + 3 ints.</param>
    /// <param name="settings">Checked settings.</param>
    public DynamicThreshold(DetectorMemory memory, DetectorSettings settings) : base(memory, settings)
    {
        _recent = new RecentScores(memory, settings.History);
        _value = memory.Reserve(1);
        _least = settings.Level;
        _pruning = settings.Pruning;
    }

    /// <summary>The e found last, times the factor; while the last score's run is pruned, that run's peak if it is larger.</summary>
    public override int Value => Memory.Ints[_value];

    public override void Learn(int score) => _recent.Add(score);

    public override void Finish() => Memory.Ints[_value] = Search();

    public override bool Exceeds(int score, bool mayLearn)
    {
        if (!mayLearn) return score > Value;
        _recent.Add(score);
        int value = Search();
        Memory.Ints[_value] = value;
        return score > value;
    }

    public override bool IsSound() => _recent.IsSound() && Memory.Ints[_value] >= -FixedScore.Max && Memory.Ints[_value] <= FixedScore.Max;

    public override bool IsSoundAfter(int learnt) => _recent.HasTaken(learnt) && IsSound();

    private int Search()
    {
        Measure();
        double deviation = _deviation < MinDeviation ? MinDeviation : _deviation;
        double best = 0, most = _least > MostDeviations ? _least : MostDeviations;
        int chosen = FixedScore.Saturate(Rounding.Floor(_mean + most * deviation));
        for (double z = _least; z <= most; z += DeviationStep)
        {
            int level = FixedScore.Saturate(Rounding.Floor(_mean + z * deviation));
            if (level >= _largest) break;
            double gain = Gain(level);
            if (gain < best) continue;
            best = gain;
            chosen = level;
        }
        int value = Widen(chosen), peak = LastPeak(chosen);
        return peak > value && !Survives(chosen, peak) ? peak : value;
    }

    private void Measure()
    {
        long sum = 0;
        int count = _recent.Count;
        _largest = _recent.At(0);
        for (int i = 0; i < count; i++)
        {
            int score = _recent.At(i);
            sum += score;
            if (score > _largest) _largest = score;
        }
        _mean = (double)sum / count;
        _centre = (int)(sum / count);
        double squares = 0;
        for (int i = 0; i < count; i++)
        {
            double distance = (double)_recent.At(i) - _mean;
            squares += distance * distance;
        }
        _deviation = Math.Sqrt(squares / count);
    }

    // What is gained by a threshold; negative for one that does not count.
    private double Gain(int level)
    {
        int above = 0, runs = 0, count = _recent.Count;
        bool wasAbove = false;
        double sum = 0, squares = 0;
        for (int i = 0; i < count; i++)
        {
            int score = _recent.At(i);
            bool isAbove = score > level;
            if (isAbove)
            {
                above++;
                if (!wasAbove) runs++;
            }
            else
            {
                // Counted from the middle, squares of what differs little keep their digits.
                double distance = (double)score - _centre;
                sum += distance;
                squares += distance * distance;
            }
            wasAbove = isAbove;
        }
        if (runs > MaxRuns || 2 * above >= count) return -1;
        double mean = sum / (count - above), variance = squares / (count - above) - mean * mean;
        double size = _mean < 0 ? -_mean : _mean;
        double meanShare = size < 1 ? 0 : (_mean - _centre - mean) / size;
        double deviationShare = _deviation == 0 ? 0 : 1 - Math.Sqrt(variance > 0 ? variance : 0) / _deviation;
        return (meanShare + deviationShare) / (above + runs * runs);
    }

    // The largest score of the run above the level that ends with the last score; the smallest number where there is none.
    private int LastPeak(int level)
    {
        int peak = int.MinValue;
        for (int i = _recent.Count - 1; i >= 0; i--)
        {
            int score = _recent.At(i);
            if (score <= level) break;
            if (score > peak) peak = score;
        }
        return peak;
    }

    private bool Survives(int level, int peak)
    {
        double mirror = _mean < 0 ? 2 * _mean : 0;
        for (int i = 0; i <= MaxRuns; i++)
        {
            int next = NextPeak(level, peak);
            if (peak - (double)next > _pruning * (peak - mirror)) return true;
            if (next <= level) return false;
            peak = next;
        }
        return false;
    }

    // The highest peak of a run below the given one, or the largest score that is in no run.
    private int NextPeak(int level, int below)
    {
        int next = -FixedScore.Max, peak = -FixedScore.Max;
        for (int i = 0; i < _recent.Count; i++)
        {
            int score = _recent.At(i);
            if (score > peak) peak = score;
            bool isLast = i + 1 == _recent.Count || _recent.At(i + 1) > level != score > level;
            if (!isLast) continue;
            if (peak < below && peak > next) next = peak;
            peak = -FixedScore.Max;
        }
        return next;
    }
}
