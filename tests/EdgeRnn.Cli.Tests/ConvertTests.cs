using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Cli.Files;

namespace EdgeRnn.Cli.Tests;

public sealed class ConvertTests
{
    private static readonly string _weights = PumpFiles.Weights;
    private static readonly string _arch = PumpFiles.Arch;

    [Fact]
    public void Conversion_writes_a_model_the_runtime_loads_and_prints_its_layers()
    {
        using Workspace workspace = new();
        CliRun run = CliRun.Of("convert", _weights, "--arch", _arch, "-o", workspace.Path("pump.ernn")).Succeeds();
        Assert.Equal(4, Runtime.Model.Load(workspace.Path("pump.ernn")).InputSize);
        foreach (string part in new[] { "gru", "dense", "1,092, f32", "4,368 bytes", "1,072 multiply-accumulates" })
            Assert.Contains(part, run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void Warm_up_is_measured_stored_and_shown_with_its_time()
    {
        using Workspace workspace = new();
        string model = workspace.Path("pump.ernn"), stream = PumpFiles.Stream;
        CliRun noise = CliRun.Of("convert", _weights, "--arch", _arch, "-o", model).Succeeds();
        Assert.Contains("steps until the state has forgotten its start, measured on seeded noise", noise.Output, StringComparison.Ordinal);
        JsonElement json = CliRun.Of("convert", _weights, "--arch", _arch, "-o", model, "--calibration", stream, "--json").Succeeds()
            .Json();
        JsonElement warmUp = json.GetProperty("warmUp");
        Assert.True(warmUp.GetProperty("recorded").GetBoolean());
        Assert.True(warmUp.GetProperty("forgets").GetBoolean());
        int steps = warmUp.GetProperty("steps").GetInt32();
        Assert.InRange(steps, 10, 200); // a GRU of 16 units that watches vibration: some tenths of a second at 100 Hz
        Assert.Equal(steps, Runtime.Model.Load(model).WarmUpSteps);
        Assert.Contains($"{steps} steps until the state has forgotten its start, {10 * steps}.0 ms",
            CliRun.Of("inspect", model, "--rate", "100").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_output_notes_and_model()
    {
        using Workspace workspace = new();
        string output = workspace.Path("pump.ernn");
        JsonElement json = CliRun.Of("convert", _weights, "--arch", _arch, "-o", output, "--json").Succeeds().Json();
        Assert.Equal(output, json.GetProperty("output").GetString());
        Assert.Equal(JsonValueKind.Array, json.GetProperty("notes").ValueKind);
        Assert.Equal(2, json.GetProperty("model").GetProperty("layers").GetArrayLength());
    }

    [Fact]
    public void Failed_conversion_leaves_the_old_output_and_no_draft()
    {
        using Workspace workspace = new();
        string output = workspace.Text("pump.ernn", "old");
        string truncated = workspace.Bytes("cut.pt", File.ReadAllBytes(_weights)[..1000]);
        CliRun.Of("convert", truncated, "--arch", _arch, "-o", output).FailsWith("cut.pt");
        Assert.Equal("old", File.ReadAllText(output));
        Assert.Equal(["cut.pt", "pump.ernn"], Directory.GetFiles(workspace.Root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void File_that_fails_its_check_replaces_nothing()
    {
        using Workspace workspace = new();
        string output = workspace.Text("model.ernn", "old");
        Assert.Throws<CommandException>(() =>
            AtomicFile.Write(output, path => File.WriteAllText(path, "half"), path => ModelFile.Load(path)));
        Assert.Equal("old", File.ReadAllText(output));
        Assert.Single(Directory.GetFiles(workspace.Root));
    }

    [Fact]
    public void Old_output_is_replaced_by_a_complete_one()
    {
        using Workspace workspace = new();
        string output = workspace.Text("pump.ernn", "old");
        CliRun.Of("convert", _weights, "--arch", _arch, "-o", output).Succeeds();
        CliRun.Of("inspect", output).Succeeds();
    }

    [Fact]
    public void Link_as_output_is_followed()
    {
        using Workspace workspace = new();
        string target = workspace.Text("target.ernn", "old");
        File.CreateSymbolicLink(workspace.Path("link.ernn"), target);
        CliRun.Of("convert", _weights, "--arch", _arch, "-o", workspace.Path("link.ernn")).Succeeds();
        CliRun.Of("inspect", target).Succeeds();
    }

    [Theory]
    [InlineData("absent/pump.ernn", "there is no folder")]
    [InlineData("", "is a folder")]
    [InlineData("pump.pt", "ends in .ernn")]
    public void Output_that_cannot_be_a_model_is_refused(string name, string reason)
    {
        using Workspace workspace = new();
        CliRun.Of("convert", _weights, "--arch", _arch, "-o", workspace.Path(name)).FailsWith(reason);
        Assert.Empty(Directory.GetFiles(workspace.Root));
    }

    [Fact]
    public void Device_as_output_is_refused() =>
        CliRun.Of("convert", _weights, "--arch", _arch, "-o", "/dev/null").FailsWith("/dev/null: is a device");

    [Fact]
    public void Source_is_not_replaced_by_its_own_conversion()
    {
        using Workspace workspace = new();
        string source = workspace.Bytes("pump.ernn", File.ReadAllBytes(_weights));
        CliRun.Of("convert", source, "-o", source).FailsWith("is also an input");
    }

    [Fact]
    public void Model_file_as_source_is_refused()
    {
        using Workspace workspace = new();
        CliRun.Of("convert", workspace.Identity(1), "-o", workspace.Path("out.ernn")).FailsWith("is an .ernn file already");
    }

    [Theory]
    [InlineData("--bind", "h0", "expected INPUT=FILE")]
    [InlineData("--bind", "=h0.npy", "expected INPUT=FILE")]
    [InlineData("--state", "h0=", "expected INPUT=OUTPUT")]
    public void Malformed_pair_is_refused(string option, string value, string reason)
    {
        using Workspace workspace = new();
        CliRun.Of("convert", _weights, "-o", workspace.Path("p.ernn"), option, value).FailsWith(option, reason);
    }

    [Fact]
    public void Name_bound_twice_is_refused()
    {
        using Workspace workspace = new();
        CliRun.Of("convert", _weights, "-o", workspace.Path("p.ernn"), "--bind", "h=a.npy", "--bind", "h=b.npy")
            .FailsWith("'h' is named twice");
    }

    [Fact]
    public void Missing_source_is_refused()
    {
        using Workspace workspace = new();
        CliRun.Of("convert", workspace.Path("absent.onnx"), "-o", workspace.Path("p.ernn"))
            .FailsWith("absent.onnx: there is no such file");
    }

    [Fact]
    public void Missing_description_is_refused()
    {
        using Workspace workspace = new();
        CliRun.Of("convert", _weights, "--arch", workspace.Path("absent.json"), "-o", workspace.Path("p.ernn"))
            .FailsWith("absent.json");
    }

    [Fact]
    public void Unknown_format_is_refused()
    {
        using Workspace workspace = new();
        CliRun.Of("convert", workspace.Text("model.txt", "weights"), "-o", workspace.Path("p.ernn")).FailsWith("model.txt");
    }
}
