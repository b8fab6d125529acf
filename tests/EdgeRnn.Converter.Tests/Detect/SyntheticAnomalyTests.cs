using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Detect.Choice;

namespace EdgeRnn.Converter.Tests.Detect;

/// <summary>Anomalies put into normal rows: where, in how many channels, how large.</summary>
public sealed class SyntheticAnomalyTests
{
    private const int Rows = 120, Channels = 6, First = 40, End = 90, Draws = 50;
    private const int MostChannels = 4;

    /// <summary>Of float32 readings up to 100 after one addition, in units of the smallest scale, 0.5.</summary>
    private const double Rounding = 5e-5;

    private static readonly double[] _scale = [0.5, 1, 2, 3, 4, 5];

    public static TheoryData<int> Kinds => [.. Enumerable.Range(0, SyntheticAnomaly.Kinds)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Only_the_named_rows_of_few_channels_change(int kind)
    {
        for (int seed = 0; seed < Draws; seed++)
        {
            (float[][] rows, float[][] changed) = Put(seed, kind);
            HashSet<int> channels = [];
            for (int row = 0; row < Rows; row++)
            {
                for (int c = 0; c < Channels; c++)
                {
                    if (rows[row][c] == changed[row][c]) continue;
                    Assert.True(row is >= First and < End, $"seed {seed}, kind {kind}: row {row} changed");
                    channels.Add(c);
                }
            }
            int most = kind == 6 ? Channels : MostChannels;
            Assert.True(channels.Count >= 1 && channels.Count <= most, $"seed {seed}, kind {kind}: {channels.Count} channels changed");
        }
    }

    [Fact]
    public void Shift_is_1_to_8_deviations_throughout() => ForEachChannel(0, (seed, _, _, changes) =>
    {
        Assert.True(Math.Abs(changes[0]) is >= 1 - Rounding and <= 8 + Rounding, $"seed {seed}: {changes[0]}");
        Assert.All(changes, change => Assert.Equal(changes[0], change, Rounding));
    });

    [Fact]
    public void Drift_grows_evenly_towards_1_to_8_deviations() => ForEachChannel(1, (seed, _, _, changes) =>
    {
        double whole = changes[^1] * (End - First) / (End - First - 1);
        Assert.True(Math.Abs(whole) is >= 1 - 2 * Rounding and <= 8 + 2 * Rounding, $"seed {seed}: {whole}");
        for (int i = 0; i < changes.Length; i++) Assert.Equal(whole * i / (End - First), changes[i], 2 * Rounding);
    });

    [Theory]
    [InlineData(2, 1.5, 6)]
    [InlineData(3, 0, 0.3)]
    public void Swing_is_stretched_about_the_mean(int kind, double least, double most) => ForEachChannel(kind, (seed, before, after, _) =>
    {
        double swing = Deviation(after) / Deviation(before);
        Assert.True(swing >= least - 1e-4 && swing <= most + 1e-4, $"seed {seed}: {swing}");
        Assert.Equal(before.Average(), after.Average(), 1e-4);
    });

    [Fact]
    public void Stuck_channel_keeps_its_first_reading() =>
        ForEachChannel(4, (_, before, after, _) => Assert.All(after, value => Assert.Equal(before[0], value)));

    [Fact]
    public void Oscillation_has_an_amplitude_of_1_to_8_deviations() => ForEachChannel(5, (seed, _, _, changes) =>
    {
        // At least 0.95 of the amplitude is met: the stretch is 50 rows and a quarter of the longest period 15.
        double largest = changes.Max(Math.Abs);
        Assert.True(largest is >= 0.95 and <= 8 + Rounding, $"seed {seed}: {largest}");
        Assert.Equal(0, changes[0], Rounding);
    });

    [Fact]
    public void All_channels_together_move_by_1_to_8_deviations()
    {
        for (int seed = 0; seed < Draws; seed++)
        {
            (float[][] rows, float[][] changed) = Put(seed, 6);
            for (int row = First; row < End; row++)
            {
                double length = Math.Sqrt(Enumerable.Range(0, Channels).Sum(c => Math.Pow(((double)changed[row][c] - rows[row][c]) / _scale[c], 2)));
                Assert.True(length is >= 1 - 1e-4 and <= 8 + 1e-4, $"seed {seed}: {length}");
            }
        }
    }

    [Fact]
    public void Small_anomalies_are_as_likely_as_large()
    {
        // Half of the logarithms of 1 to 8 lie below that of the square root of 8. 2000 draws: a deviation of 0.011.
        const int Many = 2000;
        int small = Enumerable.Range(0, Many).Count(seed =>
        {
            (float[][] rows, float[][] changed) = Put(seed, 0);
            return Enumerable.Range(0, Channels).Max(c => Math.Abs((double)changed[First][c] - rows[First][c]) / _scale[c]) < Math.Sqrt(8);
        });
        Assert.Equal(0.5, (double)small / Many, 0.05);
    }

    [Fact]
    public void Same_seed_gives_the_same_anomaly() => Assert.Equal(Put(3, 2).Changed, Put(3, 2).Changed);

    [Theory]
    [InlineData(First, First, 0)]
    [InlineData(First, End, SyntheticAnomaly.Kinds)]
    [InlineData(First, End, -1)]
    public void Anomaly_without_rows_or_of_an_unknown_kind_is_refused(int first, int end, int kind) => Assert.Throws<ArgumentOutOfRangeException>(
        () => SyntheticAnomaly.Put(new Random(1), Normal(1), _scale, first, end, kind));

    // Told of each channel that changed: the rows of the anomaly before and after, and the change in deviations.
    private static void ForEachChannel(int kind, Action<int, double[], double[], double[]> check)
    {
        for (int seed = 0; seed < Draws; seed++)
        {
            (float[][] rows, float[][] changed) = Put(seed, kind);
            for (int c = 0; c < Channels; c++)
            {
                double[] before = [.. rows[First..End].Select(row => (double)row[c])], after = [.. changed[First..End].Select(row => (double)row[c])];
                if (before.SequenceEqual(after)) continue;
                check(seed, before, after, [.. after.Zip(before, (a, b) => (a - b) / _scale[c])]);
            }
        }
    }

    private static (float[][] Rows, float[][] Changed) Put(int seed, int kind)
    {
        float[][] rows = Normal(seed), kept = Normal(seed);
        float[][] changed = SyntheticAnomaly.Put(new Random(seed), rows, _scale, First, End, kind);
        Assert.Equal(kept, rows);
        return (rows, changed);
    }

    private static float[][] Normal(int seed)
    {
        Random random = new(1000 + seed);
        return [.. Enumerable.Range(0, Rows).Select(_ => _scale.Select(scale => (float)(10 * scale + scale * (random.NextDouble() - 0.5))).ToArray())];
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
