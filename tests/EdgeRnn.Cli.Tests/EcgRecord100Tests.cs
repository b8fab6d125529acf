using System;
using System.IO;

namespace EdgeRnn.Cli.Tests;

/// <summary>
/// Record 100, whose beats cardiologists annotated, by the commands on the page of the ECG example. The stream is decoded here; the
/// weights are in tests/vectors/ecg100.
/// </summary>
public sealed class EcgRecord100Tests
{
    private const int Start = 315 * 360;  // up to here it trained

    [Fact]
    public void Annotations_hold_the_beats_that_the_page_counts()
    {
        EcgRecord100 record = new();
        EcgScore none = new(record.Beats, [], Start, record.Counts.Length);
        Assert.Equal(650_000, record.Counts.Length);
        Assert.Equal([1, 29, 1852], new[] { none.Total("V"), none.Total("A"), none.Total("N") });
    }

    [Theory]
    [InlineData("float", 117, "")]
    [InlineData("w8a16", 119, "--scheme w8a16 --calibration ecg100/normal.csv")]
    public void Premature_beats_of_record_100_are_found(string name, int mostNormal, string convert)
    {
        EcgRecord100 record = new();
        using Workspace workspace = new();
        Directory.CreateDirectory(workspace.Path("ecg100"));
        record.Write(workspace.Path("ecg100/stream.csv"));
        EcgPage.Run(workspace, "Record 100", convert: convert);
        EcgScore score = new(record.Beats, EcgScore.AlarmsOf(workspace.Path("ecg100/scores.csv")), Start, record.Counts.Length);
        Assert.Equal(1, score.Found("V"));
        Assert.InRange(score.Found("A"), 25, 29);
        Assert.InRange(score.Found("N"), 0, mostNormal);
        string row = $"| its own forecaster, {name}, 1.3 | {score.Share("V")} | {score.Share("A")} | {score.Found("N")} of 1,852 |";
        Assert.Contains(row, EcgPage.Text, StringComparison.Ordinal);
    }
}
