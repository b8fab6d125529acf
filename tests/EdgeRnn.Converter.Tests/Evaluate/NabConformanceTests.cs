using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Evaluate;

/// <summary>The scorer gives the scores that NAB publishes.</summary>
public sealed class NabConformanceTests
{
    /// <summary>Scores are published with 12 digits.</summary>
    private const double ScoreTolerance = 1e-10;

    /// <summary>The table has two digits behind the point.</summary>
    private const double TableTolerance = 0.005 + 1e-9;

    [Fact]
    public void Published_traces_get_their_published_scores_and_counts()
    {
        NabDataSet data = NabDataSet.Open(SharedData.Path("data/nab"));
        string[] traces = Directory.GetFiles(SharedData.Path("data/nab/scorer_conformance"), "*.csv");
        Assert.Equal(12, traces.Length);
        PublishedScore[] published = ReadScores();
        foreach (string path in traces)
        {
            string[] parts = Path.GetFileName(path).Split("__"); // detector, folder, file
            NabFile file = data.Files.Single(one => one.Name == $"{parts[1]}/{parts[2]}");
            double[] scores = NabSeries.Read(path, file.Name, "anomaly_score").Values;
            foreach (NabProfile profile in data.Profiles)
            {
                PublishedScore expected = published.Single(row =>
                    row.Detector == parts[0] && row.Profile == profile.Name && row.File == file.Name);
                NabFileScore score = NabScorer.Score(file, NabScorer.Detections(scores, expected.Threshold), profile);
                Assert.True(Math.Abs(expected.Score - score.Raw) <= ScoreTolerance,
                    $"{parts[0]} {file.Name} {profile.Name}: {expected.Score:R}, not {score.Raw:R}");
                Assert.Equal(expected.Rows, score.Rows);
            }
        }
    }

    [Fact]
    public void Published_scores_of_the_files_normalise_to_the_published_table()
    {
        NabDataSet data = NabDataSet.Open(SharedData.Path("data/nab"));
        PublishedScore[] published = ReadScores();
        int windows = data.Files.Sum(file => file.ScoredWindows);
        Assert.Equal((16, 14, 3), (data.Files.Count, data.Scoreboard.Count, data.Profiles.Count));
        foreach (NabRank rank in data.Scoreboard)
        {
            foreach (NabProfile profile in data.Profiles)
            {
                double[] raw = [.. published.Where(row => row.Detector == rank.Detector && row.Profile == profile.Name)
                    .Select(row => row.Score)];
                Assert.Equal(data.Files.Count, raw.Length);
                Assert.Equal(rank.Scores[profile.Name], NabScore.Normalise(raw.Sum(), windows, profile), TableTolerance);
            }
        }
    }

    [Fact]
    public void Profiles_of_the_corpus_are_those_built_in() =>
        Assert.Equal(NabProfile.Published, NabProfile.Read(SharedData.Path("data/nab/profiles.json")));

    [Fact]
    public void Silence_scores_nothing_and_perfection_a_hundred_on_the_corpus()
    {
        NabDataSet data = NabDataSet.Open(SharedData.Path("data/nab"));
        NabTrace[] perfect = [.. data.Files.Select(file => new NabTrace(file, FirstRows(file)))];
        foreach (NabProfile profile in data.Profiles)
        {
            Assert.Equal(0, NabScorer.Score(perfect, 2, profile).Normalised);
            Assert.Equal(100, NabThreshold.Best(perfect, profile).Normalised, 1e-9);
        }
    }

    // Measured here, as nobody publishes them: the windowed Gaussian has 37.6 by the standard profile.
    [Theory]
    [InlineData(Baseline.ZScore, 9.48)]
    [InlineData(Baseline.Difference, 36.49)]
    public void Trivial_detectors_are_better_than_silence(Baseline baseline, double standard)
    {
        NabDataSet data = NabDataSet.Open(SharedData.Path("data/nab"));
        NabFigures figures = NabProtocol.Score(baseline, data, seed: 1);
        Assert.Equal(standard, figures.Scores[0].Normalised, TableTolerance);
        Assert.All(figures.Scores, score => Assert.InRange(score.Normalised, 0, 100));
        Assert.All(figures.Scores.Zip(figures.Intervals), pair =>
            Assert.InRange(pair.First.Normalised, pair.Second.Low, pair.Second.High));
        Assert.Equal(figures.Scores[0].Rows, figures.Rows.Rows);
    }

    [Fact]
    public void Alarming_always_is_worse_than_silence()
    {
        NabDataSet data = NabDataSet.Open(SharedData.Path("data/nab"));
        NabFigures figures = NabProtocol.Score(Baseline.AlwaysAlarm, data, seed: 1);
        Assert.All(figures.Scores, score => Assert.True(score.Normalised < 0));
        Assert.Equal((1, 0, 0.5), (figures.Rows.Rows.FalseAlarmRate, figures.Rows.Rows.Mcc, figures.Rows.Auc));
    }

    private static double[] FirstRows(NabFile file)
    {
        double[] scores = new double[file.RowCount];
        foreach (NabWindow window in file.Windows) scores[window.First] = 1;
        return scores;
    }

    // The column total is left out: it counts the probation in the results of some detectors and not in others.
    private static PublishedScore[] ReadScores() => CsvTable.Read(SharedData.Path("data/nab/published_scores.csv"), table =>
    {
        List<PublishedScore> scores = [];
        while (table.Next())
        {
            scores.Add(new PublishedScore(table.Text(table.Column("detector")), table.Text(table.Column("profile")),
                table.Text(table.Column("file")), table.Figure(table.Column("threshold")), table.Figure(table.Column("score")),
                new Confusion(Count("tp"), Count("fp"), Count("fn"), Count("tn"))));
        }
        return scores.ToArray();

        long Count(string column) => (long)table.Figure(table.Column(column));
    });

    private sealed record PublishedScore(string Detector, string Profile, string File, double Threshold, double Score,
        Confusion Rows);
}
