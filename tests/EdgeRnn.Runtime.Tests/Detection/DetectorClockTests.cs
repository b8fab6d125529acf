using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>Late and missing ticks by a millisecond clock, of 100 ms with 30 of them to be late.</summary>
public sealed class DetectorClockTests
{
    private const int Period = 100, Late = 30;

    private static readonly short[][] _signal = WatchedStream.Signal(300);

    public static TheoryData<string> Ways => [.. WatchedStream.Ways];

    [Theory]
    [InlineData(WatchedStream.Floats)]
    [InlineData(WatchedStream.Integers)]
    [InlineData(WatchedStream.Counts)]
    public void Samples_that_jitter_by_less_than_the_limit_are_all_in_time(string way)
    {
        Detector clocked = WatchedStream.Detector(way), plain = WatchedStream.Detector(way);
        Random random = new(5);
        int now = int.MaxValue - 2000;
        for (int t = 0; t < 300; t++)
        {
            // The clock wraps round on the way.
            now = unchecked(now + Period + random.Next(-60, Late + 1));
            Assert.Equal(WatchedStream.Step(plain, way, _signal[t]), StepAt(clocked, way, t, now));
            Assert.Equal((plain.ScoreBits, 0), (clocked.ScoreBits, clocked.SubstitutedReadings));
        }
        Assert.True(now < 0, "the clock did not wrap round");
    }

    [Theory]
    [InlineData(130, 0)]
    [InlineData(131, 1)]
    [InlineData(199, 1)]
    [InlineData(200, 1)]
    [InlineData(230, 1)]
    [InlineData(231, 2)]
    [InlineData(430, 3)]
    [InlineData(900, 8)]
    [InlineData(int.MaxValue, WatchedStream.MaxSubstituted + 1)]
    [InlineData(-1, WatchedStream.MaxSubstituted + 1)]
    public void Ticks_that_went_by_without_a_sample_are_substituted(int gap, int missed)
    {
        foreach (string way in WatchedStream.Ways)
        {
            Detector clocked = WatchedStream.Detector(way), plain = WatchedStream.Detector(way);
            for (int t = 0; t < 220; t++)
            {
                WatchedStream.Step(plain, way, _signal[t]);
                StepAt(clocked, way, t, t * Period);
            }
            for (int i = 0; i < missed; i++) plain.StepMissing();
            DetectorState before = plain.State;
            DetectorState expected = WatchedStream.Step(plain, way, _signal[220]);
            Assert.Equal(expected, StepAt(clocked, way, 220, unchecked(219 * Period + gap)));
            Assert.Equal(plain.SubstitutedReadings, clocked.SubstitutedReadings);
            Assert.Equal(plain.FaultCount, clocked.FaultCount);
            Assert.Equal(missed > WatchedStream.MaxSubstituted, before == DetectorState.SensorFault);
            for (int t = 221; t < 300; t++)
            {
                Assert.Equal(WatchedStream.Step(plain, way, _signal[t]), StepAt(clocked, way, t, unchecked(219 * Period + gap + (t - 220) * Period)));
                Assert.Equal(plain.ScoreBits, clocked.ScoreBits);
            }
        }
    }

    [Fact]
    public void A_buffer_that_is_too_short_lets_no_tick_go_by()
    {
        Detector detector = WatchedStream.Detector(WatchedStream.Floats);
        detector.StepAt(new float[3], 0, 0);
        byte[] before = Saved(detector), after;
        Assert.Throws<ArgumentException>(() => detector.StepAt(new float[3], 1, 5000));
        Assert.Throws<ArgumentException>(() => detector.StepAt(new float[3], -1, 5000));
        Assert.Throws<ArgumentException>(() => detector.Step(new float[2], 0));
        Assert.Throws<ArgumentException>(() => detector.StepCountsAt(new short[3], 0, 5000));
        Assert.Throws<ArgumentException>(() => detector.StepCounts(new short[3], 0));
        after = Saved(detector);
        Assert.Equal(before, after);
        Detector counts = WatchedStream.Detector(WatchedStream.Counts);
        Assert.Throws<ArgumentException>(() => counts.StepAt(new float[3], 0, 5000));
        Assert.Throws<ArgumentException>(() => counts.Step(new float[3], 0));
        Assert.Throws<ArgumentException>(() => counts.StepCountsAt(new short[3], 1, 5000));
    }

    private static byte[] Saved(Detector detector)
    {
        byte[] state = new byte[detector.SavedStateBytes];
        detector.SaveState(state, 0);
        return state;
    }

    private static DetectorState StepAt(Detector detector, string way, int t, int now) => way == WatchedStream.Counts
        ? detector.StepCountsAt(_signal[t], 0, now)
        : detector.StepAt([.. _signal[t].Select(reading => (float)reading)], 0, now);
}
