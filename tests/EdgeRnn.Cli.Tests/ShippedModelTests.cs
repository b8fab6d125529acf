using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Tests;

namespace EdgeRnn.Cli.Tests;

/// <summary>The models of the simulator's scenarios come from the files beside them by the commands on their page.</summary>
public sealed class ShippedModelTests
{
    private static readonly string _folder = Path.Combine(Repository.Root, "hardware/EdgeRnn.Simulator/models");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(_folder, "*.yaml").Select(Path.GetFileNameWithoutExtension)
        .OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Recording_converting_and_calibrating_again_gives_the_same_bytes(string name)
    {
        using Workspace workspace = new();
        string recording = workspace.Path($"{name}.1.csv"), converted = workspace.Path("converted.ernn"), model = workspace.Path("model.ernn");
        CliRun.Of("record", "--scenario", Source($"{name}.yaml"), "--seed", "1", "-o", recording).Succeeds();
        CliRun.Of("convert", Source($"{name}.pt"), "--arch", Source($"{name}.arch.json"), "-o", converted, "--scheme", "w8a16",
            "--calibration", recording).Succeeds();
        CliRun.Of("calibrate", converted, "--data", recording, "--settings", Source($"{name}.settings.json"), "-o", model).Succeeds();
        Assert.Equal(File.ReadAllBytes(Source($"{name}.ernn")), File.ReadAllBytes(model));
    }

    [Fact]
    public void There_is_a_model_for_every_example_of_the_wiring_pages()
    {
        string wiring = File.ReadAllText(Path.Combine(Repository.Root, "hardware/wiring/wiring.json"));
        using JsonDocument document = JsonDocument.Parse(wiring);
        foreach (JsonElement example in document.RootElement.GetProperty("examples").EnumerateArray())
            Assert.Contains(example.GetProperty("id").GetString(), Names.Select(row => row.Data));
    }

    [Fact]
    public void Every_model_is_small()
    {
        foreach (string file in Directory.EnumerateFiles(_folder, "*.ernn")) Assert.True(new FileInfo(file).Length < 8192, file);
    }

    private static string Source(string file) => Path.Combine(_folder, file);
}
