using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace EdgeRnn.Cli.Tests;

/// <summary>The ECG example that ships, by the commands on its page, with the figures that stand there.</summary>
public sealed class EcgExampleTests
{
    private const int Start = 15 * 360, End = 120 * 360;  // what is scored: from the end of learning to the end of the stream

    [Fact]
    public void Float_model_finds_the_beats_the_page_says()
    {
        using Workspace workspace = new();
        EcgPage.Run(workspace, "In float");
        AssertFigures("float", workspace.Path("scores.csv"));
    }

    [Fact]
    public void Integer_model_finds_the_beats_the_page_says_and_counts_give_the_same_scores_as_floats()
    {
        using Workspace workspace = new();
        string scores = workspace.Path("scores-int8.csv");
        EcgPage.Run(workspace, "In integers");
        AssertFigures("w8a16, `--counts`", scores);
        string[] counts = File.ReadAllLines(scores);
        EcgPage.Run(workspace, "In integers", without: "--counts");
        AssertFigures("w8a16", scores);
        Assert.Equal(counts, File.ReadAllLines(scores));
    }

    [Fact]
    public void Picture_on_the_page_is_of_the_run_on_the_page()
    {
        using Workspace workspace = new();
        EcgPage.Run(workspace, "In float");
        string[] expected = Texts(workspace.Path("detect.svg")), actual = Texts(Path.Combine(EcgPage.Folder, "detect.svg"));
        // Title and the line below it, which counts steps, alarms and faults; the drawing may change its looks.
        Assert.Equal(expected[..2], actual[..2]);
        Assert.Contains("43 alarms, no sensor fault", actual[1], StringComparison.Ordinal);

        static string[] Texts(string path) =>
            [.. XDocument.Load(path).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
    }

    private static void AssertFigures(string name, string scores)
    {
        EcgScore score = new(EcgBeat.Read(Path.Combine(EcgPage.Folder, "beats.csv")), EcgScore.AlarmsOf(scores), Start, End);
        string row = $"| forecaster, {name} | 15 s to 120 s, ships, never trained on | {score.Share("V")} | {score.Share("F")} | " +
            $"{score.Alarms("V")}, {score.Alarms("F")}, {score.Alarms("N")}, {score.Alarms(null)} |";
        Assert.Contains(row, EcgPage.Text, StringComparison.Ordinal);
        // Whatever the page says, no worse than this.
        Assert.Equal(22, score.Found("V"));
        Assert.InRange(score.Alarms("N") + score.Alarms(null), 0, 8);
    }
}
