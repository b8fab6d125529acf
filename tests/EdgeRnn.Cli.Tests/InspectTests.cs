using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace EdgeRnn.Cli.Tests;

public sealed class InspectTests
{
    [Fact]
    public void Figures_of_a_dense_model_are_those_computed_by_hand()
    {
        using Workspace workspace = new();
        JsonElement model = CliRun.Of("inspect", workspace.Identity(3, ["ax", "ay", "az"]), "--json")
            .Succeeds().Json().GetProperty("model");
        Assert.Equal(9, model.GetProperty("parameters").GetInt32());
        Assert.Equal(36, model.GetProperty("weightBytes").GetInt32());
        Assert.Equal(9, model.GetProperty("macsPerStep").GetDouble());
        JsonElement channels = model.GetProperty("preprocessing");
        Assert.Equal(["ax", "ay", "az"], channels.EnumerateArray().Select(channel => channel.GetProperty("name").GetString()));
    }

    [Fact]
    public void Rate_gives_operations_per_second()
    {
        using Workspace workspace = new();
        string model = workspace.Identity(3);
        JsonElement json = CliRun.Of("inspect", model, "--rate", "100", "--json").Succeeds().Json();
        Assert.Equal(900, json.GetProperty("macsPerSecond").GetDouble());
        CliRun text = CliRun.Of("inspect", model, "--rate", "100").Succeeds();
        Assert.Contains("900 multiply-accumulates per second", text.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    public void Rate_that_is_no_positive_number_is_refused(string rate)
    {
        using Workspace workspace = new();
        CliRun.Of("inspect", workspace.Identity(1), "--rate", rate).FailsWith("--rate");
    }

    [Fact]
    public void Window_is_described()
    {
        using Workspace workspace = new();
        CliRun run = CliRun.Of("inspect", workspace.LastOfWindow(2, 4)).Succeeds();
        Assert.Contains("windows of 4 steps every 4, answer: last step", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Source_and_converted_file_have_the_same_figures()
    {
        using Workspace workspace = new();
        string source = PumpFiles.Weights, arch = PumpFiles.Arch;
        string model = workspace.Path("pump.ernn");
        CliRun.Of("convert", source, "--arch", arch, "-o", model).Succeeds();
        string before = CliRun.Of("inspect", source, "--arch", arch, "--json")
            .Succeeds().Json().GetProperty("model").GetRawText();
        string after = CliRun.Of("inspect", model, "--json").Succeeds().Json().GetProperty("model").GetRawText();
        Assert.Equal(before, after);
    }

    [Fact]
    public void Model_is_known_by_its_content_whatever_its_name()
    {
        using Workspace workspace = new();
        string renamed = workspace.Path("model.bin");
        File.Copy(workspace.Identity(1), renamed);
        CliRun.Of("inspect", renamed).Succeeds();
    }

    [Fact]
    public void Truncated_model_is_refused()
    {
        using Workspace workspace = new();
        byte[] whole = File.ReadAllBytes(workspace.Identity(2));
        CliRun.Of("inspect", workspace.Bytes("whole.ernn", whole)).Succeeds();
        CliRun.Of("inspect", workspace.Bytes("part.ernn", whole[..^7])).FailsWith("part.ernn: ", "convert the model again");
    }

    [Fact]
    public void Empty_model_is_refused()
    {
        using Workspace workspace = new();
        CliRun.Of("inspect", workspace.Bytes("empty.ernn", [])).FailsWith("empty.ernn: ");
    }

    [Fact]
    public void Missing_file_is_refused()
    {
        CliRun.Of("inspect", "absent.ernn").FailsWith("absent.ernn: there is no such file");
        CliRun.Of("inspect", "absent.onnx").FailsWith("absent.onnx: there is no such file");
    }

    [Fact]
    public void Folder_in_place_of_a_model_is_refused()
    {
        using Workspace workspace = new();
        string folder = Directory.CreateDirectory(workspace.Path("folder.ernn")).FullName;
        CliRun.Of("inspect", folder).FailsWith("folder.ernn: is a folder");
    }
}
