using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// The largest scores of a period whose length is known beforehand: as many as the exact quantile of all of them needs, interpolated
/// between two neighbours as NumPy and R (type 7) do.
/// </summary>
internal sealed class LargestScores
{
    private readonly DetectorMemory _memory;
    private readonly int _capacity;
    private readonly int _rank;     // 0 for the largest: which of all scores stands below the quantile's place
    private readonly int _fraction; // of the way from there to the next larger one, in units of 2^-16

    /// <param name="memory">Receives the kept scores and one int.</param>
    /// <param name="level">Which quantile, 0 to 1.</param>
    /// <param name="steps">Scores of the period.</param>
    /// <param name="room">Ints to reserve if the kept scores are fewer.</param>
    public LargestScores(DetectorMemory memory, double level, int steps, int room)
    {
        double place = level * (steps - 1);
        int below = (int)Rounding.Floor(place);
        _memory = memory;
        _rank = steps - 1 - below;
        _fraction = (int)((place - below) * FixedScore.One);
        _capacity = _rank + 1;
        First = memory.Reserve(Math.Max(_capacity, room));
        Count = memory.Reserve(1);
    }

    /// <summary>The offset of the kept scores, ascending.</summary>
    public int First { get; }

    /// <summary>The offset of their number.</summary>
    public int Count { get; }

    /// <summary>Takes a score.</summary>
    public void Add(int score)
    {
        int[] ints = _memory.Ints;
        int kept = ints[Count], first = First;
        if (kept == _capacity)
        {
            if (score <= ints[first]) return;
            kept--;
            Array.Copy(ints, first + 1, ints, first, kept);
        }
        int at = kept;
        for (; at > 0 && ints[first + at - 1] > score; at--) ints[first + at] = ints[first + at - 1];
        ints[first + at] = score;
        ints[Count] = kept + 1;
    }

    /// <summary>The quantile, once all scores of the period were taken.</summary>
    public int Quantile()
    {
        int[] ints = _memory.Ints;
        int last = First + ints[Count] - 1;
        int lower = ints[last - _rank], upper = _rank == 0 ? lower : ints[last - _rank + 1];
        return lower + (int)(((long)upper - lower) * _fraction >> FixedScore.Bits);
    }

    /// <summary>Whether what was restored is as many scores as <see cref="Quantile"/> counts on.</summary>
    /// <param name="learnt">Scores taken so far; -1 once the period is over.</param>
    public bool IsSoundAfter(int learnt) => _memory.Ints[Count] == (learnt < 0 || learnt > _capacity ? _capacity : learnt) && IsSound();

    /// <summary>Whether what was restored can have been saved.</summary>
    public bool IsSound()
    {
        int[] ints = _memory.Ints;
        int kept = ints[Count];
        if (kept < 0 || kept > _capacity) return false;
        for (int i = First; i < First + kept; i++)
        {
            if (ints[i] < -FixedScore.Max || ints[i] > FixedScore.Max || (i > First && ints[i] < ints[i - 1])) return false;
        }
        return true;
    }
}
