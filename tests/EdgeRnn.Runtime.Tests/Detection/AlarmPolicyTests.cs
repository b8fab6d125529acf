using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>Scores are written as letters: x beyond the threshold, . calm, - neither; alarms as # where one is on.</summary>
public sealed class AlarmPolicyTests
{
    [Fact]
    public void One_vote_is_an_alarm_as_long_as_it_lasts() => Assert.Equal(".#..##.", Run(".x..xx.", new DetectorSettings()));

    [Fact]
    public void Votes_are_counted_in_their_window() =>
        Assert.Equal("....#...#", Run("..x.x..xx", new DetectorSettings { Votes = 2, VoteWindow = 3 }));

    [Fact]
    public void As_many_votes_as_the_window_holds_are_a_minimum_duration() =>
        Assert.Equal("......#.", Run("xx..xxx.", new DetectorSettings { Votes = 3, VoteWindow = 3 }));

    [Fact]
    public void The_widest_window_holds_32_votes()
    {
        DetectorSettings settings = new() { Votes = 2, VoteWindow = 32 };
        Assert.Equal(new string('.', 31) + "#", Run("x" + new string('.', 30) + "x", settings));
        Assert.Equal(new string('.', 33), Run("x" + new string('.', 31) + "x", settings));
    }

    [Fact]
    public void An_alarm_goes_on_between_the_threshold_and_calm() => Assert.Equal(".####..", Run(".x---.-", new DetectorSettings()));

    [Fact]
    public void An_alarm_ends_with_several_calm_scores_in_a_row() =>
        Assert.Equal("######..", Run("x..-....", new DetectorSettings { ClearSteps = 3 }));

    // Each alarm is followed by three scores in which no other begins.
    [Fact]
    public void A_hold_off_follows_an_alarm() => Assert.Equal("#....#..", Run("x.xxxx..", new DetectorSettings { HoldOffSteps = 3 }));

    [Fact]
    public void A_latched_alarm_stays_until_it_is_ended()
    {
        AlarmPolicy policy = Make(new DetectorSettings { Latching = true }, out _);
        policy.Step(true, false);
        for (int i = 0; i < 10; i++) policy.Step(false, true);
        Assert.True(policy.IsActive);
        policy.End();
        Assert.False(policy.IsActive);
        Assert.Equal((1, 11), (policy.Alarms, policy.AlarmSteps));
    }

    [Fact]
    public void An_alarm_of_limited_length_ends_though_scores_stay_beyond_and_begins_anew_after_the_hold_off() =>
        Assert.Equal("###...###...#", Run("xxxxxxxxxxxxx", new DetectorSettings { MaxAlarmSteps = 3, HoldOffSteps = 2 }));

    [Fact]
    public void Alarms_and_their_scores_are_counted_and_a_beginning_is_told_once()
    {
        AlarmPolicy policy = Make(new DetectorSettings { ClearSteps = 2 }, out _);
        int begun = "x.x...xx..".Count(letter => policy.Step(letter == 'x', letter == '.'));
        Assert.Equal(2, begun);
        Assert.Equal((2, 7), (policy.Alarms, policy.AlarmSteps));
    }

    [Fact]
    public void Counts_stop_at_the_largest_number()
    {
        AlarmPolicy policy = Make(new DetectorSettings(), out DetectorMemory memory);
        memory.Ints[4] = memory.Ints[5] = int.MaxValue;
        policy.Step(true, false);
        policy.Step(true, false);
        Assert.Equal((int.MaxValue, int.MaxValue), (policy.Alarms, policy.AlarmSteps));
        Assert.True(policy.IsSound());
    }

    [Fact]
    public void A_copied_memory_continues_the_same()
    {
        DetectorSettings settings = new() { Votes = 2, VoteWindow = 4, ClearSteps = 2, HoldOffSteps = 5 };
        AlarmPolicy policy = Make(settings, out DetectorMemory memory), other = Make(settings, out DetectorMemory copy);
        ScoreStream stream = new(4008);
        for (int step = 0; step < 500; step++)
        {
            Array.Copy(memory.Ints, copy.Ints, copy.Ints.Length);
            Assert.True(other.IsSound());
            bool beyond = stream.Uniform() < 0.4, calm = !beyond && stream.Uniform() < 0.7;
            Assert.Equal(policy.Step(beyond, calm), other.Step(beyond, calm));
            Assert.Equal(memory.Ints, copy.Ints);
        }
    }

    private static string Run(string scores, DetectorSettings settings)
    {
        AlarmPolicy policy = Make(settings, out _);
        return string.Concat(scores.Select(letter =>
        {
            policy.Step(letter == 'x', letter == '.');
            return policy.IsActive ? '#' : '.';
        }));
    }

    private static AlarmPolicy Make(DetectorSettings settings, out DetectorMemory memory)
    {
        memory = new DetectorMemory();
        AlarmPolicy policy = new(memory, settings);
        memory.Allocate();
        return policy;
    }
}
