namespace EdgeRnn.Runtime;

/// <summary>The last scores, in a ring.</summary>
internal sealed class RecentScores
{
    private readonly DetectorMemory _memory;
    private readonly int _capacity;
    private readonly int _first;
    private readonly int _count;
    private readonly int _next;  // the place of the oldest one, once all places are taken

    /// <param name="memory">Receives capacity + 2 ints.</param>
    /// <param name="capacity">Most scores.</param>
    public RecentScores(DetectorMemory memory, int capacity)
    {
        _memory = memory;
        _capacity = capacity;
        _first = memory.Reserve(capacity);
        _count = memory.Reserve(1);
        _next = memory.Reserve(1);
    }

    /// <summary>Scores there are.</summary>
    public int Count => _memory.Ints[_count];

    /// <summary>Whether the next score takes the oldest one's place.</summary>
    public bool IsFull => _memory.Ints[_count] == _capacity;

    /// <summary>A score; 0 is the oldest.</summary>
    public int At(int index)
    {
        int place = index + (IsFull ? _memory.Ints[_next] : 0);
        return _memory.Ints[_first + (place < _capacity ? place : place - _capacity)];
    }

    /// <summary>Takes a score.</summary>
    public void Add(int score)
    {
        int[] ints = _memory.Ints;
        int place = ints[_next];
        ints[_first + place] = score;
        ints[_next] = place + 1 == _capacity ? 0 : place + 1;
        if (ints[_count] < _capacity) ints[_count]++;
    }

    /// <summary>Whether there are as many as after a number of scores: none is no window to look at.</summary>
    /// <param name="learnt">Scores taken so far; -1 once the normal period is over.</param>
    public bool HasTaken(int learnt) => learnt < 0 ? Count > 0 : Count == (learnt < _capacity ? learnt : _capacity);

    /// <summary>Whether what was restored can have been saved.</summary>
    public bool IsSound()
    {
        int[] ints = _memory.Ints;
        int count = ints[_count], next = ints[_next];
        if (count < 0 || count > _capacity || next < 0 || next >= _capacity || (count < _capacity && next != count)) return false;
        for (int i = _first; i < _first + _capacity; i++)
        {
            if (ints[i] < -FixedScore.Max || ints[i] > FixedScore.Max) return false;
        }
        return true;
    }
}
