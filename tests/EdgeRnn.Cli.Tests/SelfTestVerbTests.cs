using System;
using System.IO;
using System.Text.Json;

namespace EdgeRnn.Cli.Tests;

public sealed class SelfTestVerbTests
{
    private static string Source => PumpFiles.Weights;

    private static string Arch => PumpFiles.Arch;

    [Theory]
    [InlineData("f32", "within ")]
    [InlineData("w8a16", "to the bit")]
    [InlineData("w4a16", "to the bit")]
    public void A_converted_file_passes(string scheme, string agreement)
    {
        using Workspace workspace = new();
        string model = Convert(workspace, scheme);
        CliRun run = CliRun.Of("selftest", model).Succeeds();
        Assert.Contains("32 steps, 8 of them compared " + agreement, run.Output, StringComparison.Ordinal);
        Assert.EndsWith("passed", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_tells_the_same()
    {
        using Workspace workspace = new();
        JsonElement json = CliRun.Of("selftest", Convert(workspace, "w8a16"), "--json").Succeeds().Json();
        Assert.True(json.GetProperty("passed").GetBoolean());
        Assert.True(json.GetProperty("exact").GetBoolean());
        Assert.Equal(32, json.GetProperty("steps").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("difference").ValueKind);
    }

    [Fact]
    public void A_difference_is_exit_code_2_and_a_line_that_says_where()
    {
        using Workspace workspace = new();
        string model = workspace.Bytes("wrong.ernn", WithWrongAnswer(File.ReadAllBytes(Convert(workspace, "w8a16"))));
        CliRun text = CliRun.Of("selftest", model);
        Assert.Equal(2, text.ExitCode);
        Assert.Equal("", text.Error);
        Assert.Matches(@"FAILED: step 0, output 0: expected -?\d+, found -?\d+", text.Output);
        CliRun run = CliRun.Of("selftest", model, "--json");
        Assert.Equal(2, run.ExitCode);
        JsonElement difference = run.Json().GetProperty("difference");
        Assert.Equal(("output 0", 0, 0), (difference.GetProperty("what").GetString(), difference.GetProperty("step").GetInt32(),
            difference.GetProperty("output").GetInt32()));
        Assert.Equal(1, Math.Abs(difference.GetProperty("expected").GetDouble() - difference.GetProperty("found").GetDouble()));
    }

    [Fact]
    public void A_file_without_golden_steps_is_refused_with_what_to_do()
    {
        using Workspace workspace = new();
        CliRun.Of("selftest", Convert(workspace, "w8a16", "--no-golden"))
            .FailsWith("no golden steps in the file; convert the model again without --no-golden");
    }

    [Fact]
    public void Inspect_and_convert_mention_golden_steps()
    {
        using Workspace workspace = new();
        string golden = Convert(workspace, "w8a16"), bare = Convert(workspace, "w8a16", "--no-golden");
        Assert.Contains("golden      32 steps, 8 of them compared to the bit, ", CliRun.Of("inspect", golden).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("golden      none", CliRun.Of("inspect", bare).Succeeds().Output, StringComparison.Ordinal);
        JsonElement model = CliRun.Of("inspect", golden, "--json").Succeeds().Json().GetProperty("model");
        int bytes = model.GetProperty("goldenSteps").GetProperty("bytes").GetInt32();
        Assert.InRange(new FileInfo(golden).Length - new FileInfo(bare).Length, bytes, bytes + 16 + 3);
        JsonElement none = CliRun.Of("inspect", bare, "--json").Succeeds().Json().GetProperty("model");
        Assert.Equal(JsonValueKind.Null, none.GetProperty("goldenSteps").ValueKind);
        Assert.Equal(model.GetProperty("modelId").GetString(), none.GetProperty("modelId").GetString());
    }

    [Fact]
    public void Missing_file_is_refused() => CliRun.Of("selftest", "absent.ernn").FailsWith("absent.ernn: there is no such file");

    private static string Convert(Workspace workspace, string scheme, params string[] more)
    {
        string model = workspace.Path($"{scheme}{more.Length}.ernn");
        CliRun.Of(["convert", Source, "--arch", Arch, "-o", model, "--scheme", scheme, .. more]).Succeeds();
        return model;
    }

    // The lowest bit of the first number of the first answer, with the checksum of the section made right again.
    private static byte[] WithWrongAnswer(byte[] file)
    {
        int at = file.AsSpan().LastIndexOf("gold"u8), payload = at + 16;
        int check = payload + 20 + 2 * BitConverter.ToInt32(file, payload + 12);
        file[check + 9] ^= 1;
        BitConverter.TryWriteBytes(file.AsSpan(at + 8), Crc32(file.AsSpan(payload, BitConverter.ToInt32(file, at + 4))));
        return file;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
