using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Detect.Choice;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Tests.Containers;
using EdgeRnn.Runtime;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Evaluate;

/// <summary>The settings for SKAB are chosen without a label.</summary>
public sealed class SkabChoiceTests
{
    private const float Clip = 10;
    private const int Seed = 1;

    [Fact]
    public void Domains_are_windows_of_the_normal_run_and_training_rows()
    {
        SkabDataSet data = SkabDataSet.Open(SharedData.Path("data/skab"));
        IReadOnlyList<IReadOnlyList<ChoiceCase>> domains = SkabChoice.Domains(data, Models());
        Assert.Equal([21, 17], domains.Select(domain => domain.Count)); // (9405 - 1150) / 400 + 1
        Assert.All(domains[0], stretch => Assert.Equal((1150, 400), (stretch.Rows.Length, stretch.JudgedFrom)));
        Assert.All(domains[1], stretch => Assert.Equal((400, 200), (stretch.Rows.Length, stretch.JudgedFrom)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Labels_flipped_or_removed_change_nothing(bool flips)
    {
        SkabDataSet data = SkabDataSet.Open(SharedData.Path("data/skab"));
        using TemporaryFolder folder = new();
        SkabDataSet other = data with
        {
            Files = [.. data.Files.Select(file => file with { Path = Relabelled(folder, file, flips) })],
        };
        Assert.Equal(flips, SkabRecording.Read(other.Files[0].Path).HasLabels);
        SeriesModels models = Models();
        ChoiceCase[] expected = [.. SkabChoice.Domains(data, models).SelectMany(domain => domain)];
        ChoiceCase[] found = [.. SkabChoice.Domains(other, models).SelectMany(domain => domain)];
        Assert.Equal(expected.Length, found.Length);
        foreach ((ChoiceCase a, ChoiceCase b) in expected.Zip(found))
        {
            Assert.Equal(a.Rows, b.Rows);
            Assert.Equal(a.Model.GetId(), b.Model.GetId());
            Assert.Equal(a with { Model = b.Model, Rows = b.Rows }, b);
        }
    }

    [Fact]
    public void Choice_needs_the_normal_run()
    {
        SkabDataSet data = SkabDataSet.Open(SharedData.Path("data/skab")) with { AnomalyFree = null };
        Assert.Contains("anomaly-free.csv is missing", Assert.Throws<ConversionException>(() => SkabChoice.Domains(data, Models())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Recording_too_short_for_the_choice_is_refused()
    {
        SkabDataSet data = SkabDataSet.Open(SharedData.Path("data/skab"));
        data = data with { AnomalyFree = data.Files.MinBy(file => new FileInfo(file.Path).Length)!.Path };
        Assert.Contains("rows; the choice needs 1150", Assert.Throws<ConversionException>(() => SkabChoice.Domains(data, Models())).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Choice_gives_the_stored_settings(bool networkAlone)
    {
        Assert.SkipUnless(LongRun.IsOn, "tries 84 settings on 38 stretches; EDGERNN_LONG=1 runs it");
        SkabDataSet data = SkabDataSet.Open(SharedData.Path("data/skab"));
        DetectorRecipe[] candidates = [.. DetectorChoice.Candidates()
            .Where(recipe => !networkAlone || recipe.Settings is { Kind: ScoreKind.Forecast, AddLevel: false })];
        ChoiceResult chosen = DetectorChoice.Rank(SkabChoice.Domains(data, Models()), candidates, Seed)[0];
        DetectorRecipe stored = networkAlone ? ChosenSettings.SkabNetwork() : ChosenSettings.Skab();
        Assert.Equal(stored.Text, chosen.Recipe.Text);
        byte[] file = ErnnWriter.Write(Echo());
        Assert.Equal(DetectorSection.Write(file, stored.Settings), DetectorSection.Write(file, chosen.Recipe.Settings));
    }

    private static SeriesModels Models() => new(SharedData.Path("models/skab-gru16"), Scheme.F32, Clip);

    private static RecurrentGraph Echo() => new()
    {
        Name = "echo",
        Main = new Subgraph { InputSize = 8, Nodes = [], Outputs = [new Segment(0, 0, 8)] },
    };

    private static string Relabelled(TemporaryFolder folder, SkabFile file, bool flips)
    {
        string[][] cells = [.. File.ReadLines(file.Path).Select(line => line.Split(';'))];
        int label = Array.IndexOf(cells[0], "anomaly");
        Assert.True(label >= 0, file.Name);
        IEnumerable<string> lines = cells.Select((row, i) => string.Join(';', flips
            ? row.Select((cell, column) => i == 0 || column != label ? cell : cell.StartsWith('1') ? "0" : "1")
            : row.Where((_, column) => column != label)));
        return folder.File(file.Name.Replace('/', '_') + ".csv", string.Join('\n', lines) + "\n");
    }
}
