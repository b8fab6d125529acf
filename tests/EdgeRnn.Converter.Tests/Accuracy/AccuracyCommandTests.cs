using System;
using System.IO;
using System.Text.Json;
using EdgeRnn.Accuracy;
using EdgeRnn.Accuracy.Report;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Tests.Containers;

namespace EdgeRnn.Tests.Accuracy;

/// <summary>What the command prints, writes and returns.</summary>
public sealed class AccuracyCommandTests
{
    private const string Page = "before\n<!-- begin: written by tests/EdgeRnn.Accuracy -->\nold\n" +
        "<!-- end: written by tests/EdgeRnn.Accuracy -->\nafter\n";

    [Fact]
    public void Targets_met_end_with_0()
    {
        (int code, string output, string error) = Run(new UnchangedModels(), "--models", "klon-centaur_0");
        Assert.Equal((AccuracyCommand.Met, ""), (code, error));
        Assert.Contains("| Klon centaur_0 | ESR, sample 0 |", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missed_target_ends_with_2_and_is_named()
    {
        (int code, string output, string error) = Run(new RoundedWeights(3), "--models", "klon-centaur_0,klon-centaur_50");
        Assert.Equal(AccuracyCommand.Missed, code);
        Assert.Contains("**missed**: at most 1e-4", output, StringComparison.Ordinal);
        Assert.Contains("accuracy: Klon centaur_50: ESR, sample 5 misses its target: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_figures()
    {
        (_, string output, _) = Run(new UnchangedModels(), "--models", "mnist-lstm20", "--json", "--scheme", "w8a8");
        using JsonDocument document = JsonDocument.Parse(output);
        Assert.Equal("w8a8", document.RootElement.GetProperty("scheme").GetString());
        JsonElement right = document.RootElement.GetProperty("models")[0].GetProperty("figures")[0];
        Assert.Equal(("digits right", 10), (right.GetProperty("name").GetString(), right.GetProperty("quantized").GetInt32()));
    }

    [Theory]
    [InlineData("--scheme", "w2a2", "'w2a2' is not a scheme, expected one of f32, w16a16, w8a16, w8a8, w4a16")]
    [InlineData("--models", "klon-centaur_0,other", "'other' is not a model, expected some of skab-gru16,")]
    [InlineData("--json", "--models", "--models needs a value after it")]
    [InlineData("--json", "--fast", "--fast is not an option, expected --scheme")]
    [InlineData("--write", "--models=a", "--models=a is not an option")]
    public void A_wrong_argument_is_one_line_that_says_what_is_right(string first, string second, string expected)
    {
        ConversionException refusal = Assert.Throws<ConversionException>(() => AccuracyOptions.Parse([first, second]));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--models", "klon-centaur_0")]
    [InlineData("--scheme", "w4a16")]
    public void The_page_is_not_written_with_less_than_all_of_it(string option, string value) =>
        Assert.Throws<ConversionException>(() => AccuracyOptions.Parse(["--write", option, value]));

    [Fact]
    public void Absent_data_is_one_line_with_the_place()
    {
        StringWriter error = new();
        AccuracyCommand command = new(new Sources("nowhere", "nowhere"), new UnchangedModels(), TextWriter.Null, error);
        Assert.Equal(AccuracyCommand.Failed, command.Run(["--models", "rnnoise-sh"]));
        Assert.Equal("accuracy: models/rnnoise/features.npy is not in ../shared/data; put the real models beside this checkout",
            error.ToString().Trim());
    }

    [Fact]
    public void Writing_replaces_what_stands_between_the_markers()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("page.md", Page);
        NumericsPage.Write(path, "new\n");
        Assert.Equal("new\n", NumericsPage.Read(path));
        Assert.Equal(Page.Replace("old", "new", StringComparison.Ordinal), File.ReadAllText(path));
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("end")]
    public void A_page_without_a_marker_is_left_alone(string marker)
    {
        using TemporaryFolder folder = new();
        string damaged = Page.Replace(marker + ":", "", StringComparison.Ordinal), path = folder.File("page.md", damaged);
        Assert.Throws<ConversionException>(() => NumericsPage.Write(path, "new\n"));
        Assert.Equal(damaged, File.ReadAllText(path));
    }

    private static (int Code, string Output, string Error) Run(IModelQuantizer quantizer, params string[] args)
    {
        SharedData.Path("models");
        StringWriter output = new(), error = new();
        int code = new AccuracyCommand(Sources.BesideCheckout, quantizer, output, error).Run(args);
        return (code, output.ToString(), error.ToString());
    }
}
