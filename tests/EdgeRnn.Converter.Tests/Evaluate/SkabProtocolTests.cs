using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Accuracy;
using EdgeRnn.Accuracy.Tasks;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Evaluate;

public sealed class SkabProtocolTests
{
    private const int Seed = 1;

    [Fact]
    public void The_first_400_rows_are_not_scored()
    {
        bool[] labels = [.. Enumerable.Range(0, 403).Select(row => row is < 400 or 402)];
        bool[] alarms = [.. labels.Select((_, row) => row is < 400 or 401)];
        PooledFigures figures = SkabProtocol.Score([new FileTrace("valve1/0", new double[403], alarms, labels)], Seed);
        Assert.Equal(new Confusion(0, 1, 1, 1), figures.Rows);
    }

    [Fact]
    public void Counts_of_recordings_are_pooled()
    {
        FileTrace[] traces = [Constant("a", 410, alarm: true, label: true), Constant("b", 420, alarm: false, label: false)];
        PooledFigures figures = SkabProtocol.Score(traces, Seed);
        Assert.Equal(new Confusion(10, 0, 0, 20), figures.Rows);
        Assert.Equal(["a", "b"], figures.Files.Select(file => file.Name));
    }

    [Fact]
    public void A_recording_without_rows_to_score_is_refused() => Assert.Contains("valve1/0: 400 rows",
        Assert.Throws<ConversionException>(() => SkabProtocol.Score([Constant("valve1/0", 400, true, true)], Seed)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_recording_without_labels_has_no_baseline()
    {
        SkabRecording unlabelled = new([.. Enumerable.Repeat(new double[8], 500)], []);
        Assert.Contains("no column 'anomaly'", Assert.Throws<ConversionException>(
            () => SkabProtocol.Baselines([("normal", unlabelled)], Seed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_lists_recordings_and_published_figures()
    {
        SkabDataSet data = SkabDataSet.Open(SharedData.Path("data/skab"));
        Assert.Equal(17, data.Files.Count);
        Assert.Equal("valve1/0", data.Files[0].Name);
        Assert.False(SkabRecording.Read(data.AnomalyFree!).HasLabels);
        Assert.Equal(9405, SkabRecording.Read(data.AnomalyFree!).Readings.Length);
        SkabRank second = data.Leaderboard[1];
        Assert.Equal(("Conv_AE", 0.7313), (second.Algorithm, second.F1));
        Assert.Equal(0.1171, second.FalseAlarmRate, 1e-12);
        Assert.Equal(0.3613, second.MissedAlarmRate, 1e-12);
    }

    // Always-alarm: 2 p / (1 + p) of the share p of anomalous rows. The others are measured here. The data's page gives F1 0.711,
    // MCC 0.450 and AUC 0.793 for a smoothed z-score over all 34 recordings.
    [Theory]
    [InlineData(Baseline.AlwaysAlarm, 0.685, 1, 0, 0.5)]
    [InlineData(Baseline.ZScore, 0.617, 0.122, 0.402, 0.775)]
    [InlineData(Baseline.Difference, 0.013, 0.001, 0.040, 0.529)]
    public void Baselines_have_their_figures(Baseline baseline, double f1, double falseAlarmRate, double mcc, double auc)
    {
        const double ThreeDigits = 0.00051;
        SkabDataSet data = SkabDataSet.Open(SharedData.Path("data/skab"));
        (string, SkabRecording)[] recordings = [.. data.Files.Select(file => (file.Name, SkabRecording.Read(file.Path)))];
        PooledFigures figures = SkabProtocol.Baselines(recordings, Seed).Single(one => one.Baseline == baseline).Figures;
        Assert.Equal(f1, figures.Rows.F1, ThreeDigits);
        Assert.Equal(falseAlarmRate, figures.Rows.FalseAlarmRate, ThreeDigits);
        Assert.Equal(mcc, figures.Rows.Mcc, ThreeDigits);
        Assert.Equal(auc, figures.Auc, ThreeDigits);
    }

    // design/peers.md: GRU-16 on these recordings has MCC 0.482 and AUC 0.824.
    [Fact]
    public void Published_scores_of_the_reference_have_its_published_figures()
    {
        SkabDataSet data = SkabDataSet.Open(SharedData.Path("data/skab"));
        List<FileTrace> traces = [];
        foreach (SkabFile file in data.Files)
        {
            string model = $"models/skab-gru16/{file.Name.Replace('/', '_')}";
            SkabDetector detector = SkabDetector.Read(SharedData.Path($"{model}.json"));
            double[] scores = [.. Sources.BesideCheckout.Rows($"{model}_smoothed_score.npy").Select(row => (double)row[0])];
            traces.Add(FileTrace.ByThreshold(file.Name, scores, detector.Threshold, SkabRecording.Read(file.Path).Anomalies));
        }
        PooledFigures figures = SkabProtocol.Score(traces, Seed);
        Assert.Equal(0.482, figures.Rows.Mcc, 0.00051);
        Assert.Equal(0.824, figures.Auc, 0.00051);
    }

    private static FileTrace Constant(string name, int rows, bool alarm, bool label) => new(name, new double[rows],
        [.. Enumerable.Repeat(alarm, rows)], [.. Enumerable.Repeat(label, rows)]);
}
