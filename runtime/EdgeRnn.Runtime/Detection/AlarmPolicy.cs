using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// When scores out of bounds become an alarm and when it ends: votes of the last scores, an end that needs several calm scores in a
/// row, a hold-off after it, and latching.
/// </summary>
internal sealed class AlarmPolicy
{
    private const int Votes = 0;      // offsets into the state: one bit for each of the last scores, the newest lowest
    private const int Active = 1;
    private const int CalmRun = 2;
    private const int HoldOff = 3;
    private const int AlarmCount = 4;
    private const int StepCount = 5;
    private const int Duration = 6;   // scores in the alarm that is on, where it may not last for ever
    private const int StateSize = 7;

    private readonly DetectorMemory _memory;
    private readonly int _at;
    private readonly int _votesNeeded;
    private readonly uint _window;    // mask of the scores that vote
    private readonly int _clearSteps;
    private readonly int _holdOffSteps;
    private readonly int _maxSteps;
    private readonly bool _latching;

    /// <param name="memory">Receives seven ints.</param>
    /// <param name="settings">Checked settings.</param>
    public AlarmPolicy(DetectorMemory memory, DetectorSettings settings)
    {
        _memory = memory;
        _at = memory.Reserve(StateSize);
        _votesNeeded = settings.Votes;
        _window = uint.MaxValue >> (32 - settings.VoteWindow);
        _clearSteps = settings.ClearSteps;
        _holdOffSteps = settings.HoldOffSteps;
        _maxSteps = settings.MaxAlarmSteps == 0 ? int.MaxValue : settings.MaxAlarmSteps;
        _latching = settings.Latching;
    }

    /// <summary>Whether an alarm is on.</summary>
    public bool IsActive => _memory.Ints[_at + Active] != 0;

    /// <summary>Alarms begun, stopping at the largest int.</summary>
    public int Alarms => _memory.Ints[_at + AlarmCount];

    /// <summary>Scores during alarms, stopping at the largest int.</summary>
    public int AlarmSteps => _memory.Ints[_at + StepCount];

    /// <summary>Takes the next score's verdict.</summary>
    /// <param name="beyond">Whether the score is out of bounds.</param>
    /// <param name="calm">Whether it is far enough inside for an alarm to end.</param>
    /// <returns>Whether an alarm begins.</returns>
    public bool Step(bool beyond, bool calm)
    {
        int[] ints = _memory.Ints;
        uint votes = (((uint)ints[_at + Votes] << 1) | (beyond ? 1u : 0u)) & _window;
        ints[_at + Votes] = (int)votes;
        if (IsActive)
        {
            ints[_at + CalmRun] = !calm ? 0 : Math.Min(ints[_at + CalmRun], int.MaxValue - 1) + 1;
            if (!_latching && (ints[_at + CalmRun] >= _clearSteps || ints[_at + Duration] >= _maxSteps))
            {
                End();
                return false;
            }
            Increase(_at + StepCount);
            Increase(_at + Duration);
            return false;
        }
        if (ints[_at + HoldOff] > 0)
        {
            ints[_at + HoldOff]--;
            return false;
        }
        if (Ones(votes) < _votesNeeded) return false;
        ints[_at + Active] = 1;
        ints[_at + CalmRun] = 0;
        ints[_at + Duration] = 1;
        Increase(_at + AlarmCount);
        Increase(_at + StepCount);
        return true;
    }

    /// <summary>Ends an alarm, a latched one too.</summary>
    public void End()
    {
        int[] ints = _memory.Ints;
        if (!IsActive) return;
        ints[_at + Active] = 0;
        ints[_at + Votes] = 0;
        ints[_at + HoldOff] = _holdOffSteps;
    }

    /// <summary>Whether what was restored can have been saved.</summary>
    public bool IsSound()
    {
        int[] ints = _memory.Ints;
        return ((uint)ints[_at + Votes] & ~_window) == 0 && (ints[_at + Active] & ~1) == 0 && ints[_at + CalmRun] >= 0 &&
            ints[_at + HoldOff] >= 0 && ints[_at + HoldOff] <= _holdOffSteps && ints[_at + AlarmCount] >= 0 && ints[_at + StepCount] >= 0 &&
            ints[_at + Duration] >= 0;
    }

    private void Increase(int at)
    {
        if (_memory.Ints[at] < int.MaxValue) _memory.Ints[at]++;
    }

    private static int Ones(uint bits)
    {
        int count = 0;
        for (; bits != 0; bits &= bits - 1) count++;
        return count;
    }
}
