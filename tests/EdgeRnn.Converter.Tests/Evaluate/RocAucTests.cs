using System;
using System.Linq;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Evaluate;

public sealed class RocAucTests
{
    /// <summary>Pair counts are whole or half numbers, so exact; one division differs in the last bit at most.</summary>
    private const double Rounding = 1e-15;

    [Fact]
    public void Pairs_in_the_right_order_count_one_and_equal_scores_half() =>
        // Pairs (anomalous, normal): (3, 1) and (3, 2) are right, (2, 1) is right, (2, 2) is a tie.
        Assert.Equal(3.5 / 4, RocAuc.Of([1, 2, 2, 3], [false, false, true, true]), Rounding);

    [Fact]
    public void Constant_scores_are_worth_one_half() => Assert.Equal(0.5, RocAuc.Of([1, 1, 1], [false, true, false]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_empty_class_has_no_area(bool label) => Assert.Equal(double.NaN, RocAuc.Of([1, 2], [label, label]));

    [Fact]
    public void No_rows_have_no_area() => Assert.Equal(double.NaN, RocAuc.Of([], []));

    [Fact]
    public void A_score_that_is_not_a_number_is_below_all_others() =>
        Assert.Equal(0.75, RocAuc.Of([double.NaN, double.NegativeInfinity, double.NaN], [false, true, true]));

    [Fact]
    public void Files_are_pooled_so_pairs_span_files()
    {
        FileTrace[] traces = [Trace([1, 2], [false, true]), Trace([3, 4], [false, true])];
        Assert.Equal(0.75, new RocAuc(traces).Value);
    }

    [Fact]
    public void Pooled_areas_are_those_of_counting_pairs()
    {
        for (int seed = 0; seed < LongRun.Choose(30, 300); seed++)
        {
            Random random = new(seed);
            FileTrace[] traces = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomTrace(random))];
            int[] draws = [.. traces.Select(_ => random.Next(3))];
            RocAuc area = new(traces);
            Check(CountPairs(traces), area.Value, seed);
            FileTrace[] drawn = [.. traces.SelectMany((trace, i) => Enumerable.Repeat(trace, draws[i]))];
            Check(CountPairs(drawn), area.Resampled(draws), seed);
        }

        static void Check(double expected, double actual, int seed) =>
            Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) < Rounding,
                $"seed {seed}: {expected} and {actual}");
    }

    private static FileTrace RandomTrace(Random random)
    {
        int rows = random.Next(20);
        // Few different scores, so many ties.
        return Trace([.. Enumerable.Range(0, rows).Select(_ => (double)random.Next(8))],
            [.. Enumerable.Range(0, rows).Select(_ => random.Next(2) == 0)]);
    }

    private static double CountPairs(FileTrace[] traces)
    {
        (double Score, bool Label)[] rows = [.. traces.SelectMany(trace => trace.Scores.Zip(trace.Labels))];
        double[] wins = [.. from anomalous in rows
                            where anomalous.Label
                            from normal in rows
                            where !normal.Label
                            select anomalous.Score > normal.Score ? 1 : anomalous.Score == normal.Score ? 0.5 : 0];
        return wins.Length == 0 ? double.NaN : wins.Sum() / wins.Length;
    }

    private static FileTrace Trace(double[] scores, bool[] labels) => new("trace", scores, new bool[labels.Length], labels);
}
