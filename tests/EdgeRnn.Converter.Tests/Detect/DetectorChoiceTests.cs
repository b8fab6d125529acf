using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Detect.Choice;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Tests.Detect;

/// <summary>How settings are chosen: on a problem where the forecast is all one needs, and by the rule on results made by hand.</summary>
public sealed class DetectorChoiceTests
{
    private const int Seed = 7;

    [Fact]
    public void Every_kind_of_anomaly_is_there_equally_often_inside_its_bounds()
    {
        ChoiceCase stretch = Case(Seed);
        IReadOnlyList<ChoiceSequence> sequences = stretch.Sequences(new Random(Seed), DetectorChoice.SequencesPerCase);
        Assert.Equal(10 * SyntheticAnomaly.Kinds, sequences.Count);
        int changed = 0;
        foreach (ChoiceSequence sequence in sequences)
        {
            Assert.True(sequence.First is >= 350 and < 400, $"seed {Seed}: starts at {sequence.First}");
            Assert.True(sequence.End - sequence.First is >= 100 and < 150, $"seed {Seed}: {sequence.End - sequence.First} rows");
            Assert.Equal(stretch.Rows[..sequence.First], sequence.Rows[..sequence.First]);
            Assert.Equal(stretch.Rows[sequence.End..], sequence.Rows[sequence.End..]);
            if (!stretch.Rows.SequenceEqual(sequence.Rows)) changed++;
        }
        Assert.Equal(sequences.Count, changed);
        // The kinds take turns; a stuck channel repeats its first reading.
        Assert.All(sequences.Chunk(SyntheticAnomaly.Kinds), turn => Assert.True(
            Enumerable.Range(0, 2).Any(c => turn[4].Rows[turn[4].First..turn[4].End].Select(row => row[c]).Distinct().Count() == 1), $"seed {Seed}"));
    }

    [Fact]
    public void Anomaly_ends_with_the_stretch()
    {
        ChoiceCase stretch = Case(Seed) with { AnomalyStart = 595..600 };
        Assert.All(stretch.Sequences(new Random(Seed), 7), sequence => Assert.Equal(600, sequence.End));
    }

    [Fact]
    public void Good_forecasts_win_over_levels_that_swing()
    {
        IReadOnlyList<ChoiceResult> ranked = Rank();
        Assert.Equal(Candidates().Length * DetectorChoice.Factors.Count, ranked.Count);
        Assert.Equal(ScoreKind.Forecast, ranked[0].Recipe.Settings.Kind);
        double level = ranked.Where(result => result.Recipe.Settings.Kind == ScoreKind.Level).Max(result => result.Mcc);
        Assert.True(ranked[0].Mcc > 0.5 && ranked[0].Mcc > level + 0.1, $"seed {Seed}: chosen {ranked[0].Mcc:0.000}, best level {level:0.000}");
        Assert.True(ranked[0].FalseAlarmRate <= ranked.MaxBy(result => result.Mcc)!.FalseAlarmRate, $"seed {Seed}");
    }

    [Fact]
    public void Same_seed_gives_the_same_ranking()
    {
        (string, double, double)[] Once() => [.. Rank().Select(result => (result.Recipe.Text, result.Mcc, result.FalseAlarmRate))];
        Assert.Equal(Once(), Once());
    }

    [Fact]
    public void Candidates_differ_and_are_counted_as_they_are_done()
    {
        IReadOnlyList<DetectorRecipe> candidates = DetectorChoice.Candidates();
        Assert.Equal(candidates.Count, candidates.Select(candidate => candidate.Text).Distinct().Count());
        Assert.Equal(3 * 7 * 2 * 2, candidates.Count);
        int done = 0;
        DetectorChoice.Rank([[Case(Seed)]], Candidates()[..2], Seed, more => done += more);
        Assert.Equal(2, done);
    }

    // MCC of TP, FP, FN, TN per stretch; two stretches that differ give a standard error.
    [Fact]
    public void Fewest_false_alarms_win_within_one_standard_error()
    {
        ChoiceResult best = Result("best", new(90, 20, 10, 80), new(60, 20, 40, 80));
        ChoiceResult near = Result("near", new(80, 15, 20, 85), new(50, 10, 50, 90));
        ChoiceResult quiet = Result("quiet", new(20, 0, 80, 100), new(20, 0, 80, 100));
        double error = best.StandardError(Seed);
        Assert.True(best.Mcc > near.Mcc && near.Mcc > best.Mcc - error && quiet.Mcc < best.Mcc - error,
            $"seed {Seed}: {best.Mcc}, {near.Mcc}, {quiet.Mcc}, error {error}");
        Assert.Equal([near, best, quiet], DetectorChoice.ChosenFirst([quiet, best, near], Seed));
    }

    [Fact]
    public void Without_spread_the_best_wins()
    {
        ChoiceResult best = Result("best", new Confusion(90, 20, 10, 80));
        ChoiceResult near = Result("near", new Confusion(85, 15, 15, 80));
        Assert.Equal(0, best.StandardError(Seed), 1e-12);
        Assert.True(best.Mcc > near.Mcc);
        Assert.Equal([best, near], DetectorChoice.ChosenFirst([near, best], Seed));
    }

    [Fact]
    public void Of_equals_the_first_wins()
    {
        ChoiceResult first = Result("first", new Confusion(90, 20, 10, 80)), second = Result("second", new Confusion(90, 20, 10, 80));
        Assert.Equal([first, second], DetectorChoice.ChosenFirst([first, second], Seed));
    }

    [Fact]
    public void Domains_count_the_same_whatever_their_size()
    {
        Confusion perfect = new(10, 0, 0, 10), useless = new(1000, 1000, 1000, 1000);
        ChoiceResult result = new(Recipe("two domains"), [[perfect], [useless, useless]]);
        Assert.Equal(0.5, result.Mcc, 1e-12);
        Assert.Equal(0.25, result.FalseAlarmRate, 1e-12);
    }

    private static IReadOnlyList<ChoiceResult> Rank() => DetectorChoice.Rank([[Case(Seed)], [Case(Seed + 1), Case(Seed + 2)]], Candidates(), Seed);

    // One combination of channels, to be quick.
    private static DetectorRecipe[] Candidates() =>
        [.. DetectorChoice.Candidates().Where(candidate => candidate.Settings.Combination == ScoreCombination.Norm && !candidate.ScaleChannels)];

    private static ChoiceResult Result(string name, params Confusion[] stretches) => new(Recipe(name), [stretches]);

    private static DetectorRecipe Recipe(string name) => new(new DetectorSettings { Targets = [name.Length] }, false);

    // Channel 1 wanders, channel 0 follows it one step later: the model knows that. Anomalies are a deviation or more.
    private static ChoiceCase Case(int seed)
    {
        Random random = new(seed);
        float[][] rows = new float[600][];
        double phase = random.NextDouble() * 6, leader = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            double follower = leader + 0.05 * (random.NextDouble() - 0.5);
            leader = 1.4 * Math.Sin(phase + row / 25.0);
            rows[row] = [(float)follower, (float)leader];
        }
        return new ChoiceCase(Follows(), rows, 20, 300, 350..400, 100..150);
    }

    private static Model Follows() => Model.Load(ErnnWriter.Write(new RecurrentGraph
    {
        Name = "channel 0 follows channel 1",
        Main = new Subgraph { InputSize = 2, Nodes = [], Outputs = [new Segment(0, 1, 1)] },
    }));
}
