using System;
using System.IO;
using System.Text.Json;
using EdgeRnn.Cli.Flash;
using EdgeRnn.Tests;

namespace EdgeRnn.Cli.Tests;

/// <summary>Flashing says what it does, and does it by way of nanoff; a script stands for nanoff here.</summary>
public sealed class FlashTests
{
    [Fact]
    public void A_dry_run_shows_the_commands_for_an_esp32_and_runs_none()
    {
        using Workspace workspace = new();
        CliRun run = CliRun.Of("flash", "--board", "esp32", "--port", "COM3", "--model", Model(workspace), "--image", workspace.Text("app.bin", "x"), "--dry-run",
            "--nanoff", "/nowhere/nanoff").Succeeds();
        Assert.Contains("nanoff --update --target ESP32_REV0 --serialport COM3", run.Output, StringComparison.Ordinal);
        Assert.Contains("nanoff --target ESP32_REV0 --serialport COM3 --deploy --image", run.Output, StringComparison.Ordinal);
        Assert.Contains("nanoff --filedeployment", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"serialport\": \"COM3\"", run.Output, StringComparison.Ordinal);
        Assert.Contains(@"I:\\incoming.ernn", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was run.", run.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("pico", "nanoff --update --target PICO_RP2040", "nanoff --nanodevice --serialport COM3 --deploy --image")]
    [InlineData("pico2", "nanoff --update --target PICO2_RP2350 --preview", "nanoff --nanodevice --serialport COM3 --deploy --image")]
    [InlineData("stm32f769i-disco", "nanoff --update --target ST_STM32F769I_DISCOVERY --jtag", "nanoff --nanodevice --serialport COM3 --deploy --image")]
    [InlineData("esp32-s3", "nanoff --update --target ESP32_S3_OCTAL --serialport COM3", "nanoff --target ESP32_S3_OCTAL --serialport COM3 --deploy --image")]
    public void Each_family_of_boards_is_written_in_its_own_way(string board, params string[] commands)
    {
        string output = CliRun.Of("flash", "--board", board, "--port", "COM3", "--dry-run").Succeeds().Output;
        foreach (string command in commands) Assert.Contains(command, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_firmware_of_the_board_can_be_chosen()
    {
        Assert.Contains("--target ESP32_REV3 ", CliRun.Of("flash", "--board", "esp32", "--port", "COM3", "--target", "ESP32_REV3", "--dry-run").Succeeds().Output,
            StringComparison.Ordinal);
        CliRun.Of("flash", "--board", "esp32", "--port", "COM3", "--target", "PICO_RP2040", "--dry-run").FailsWith("--target PICO_RP2040", "ESP32_REV0, ESP32_REV3");
    }

    [Fact]
    public void Json_is_one_document_with_the_commands()
    {
        JsonElement document = CliRun.Of("flash", "--board", "esp32", "--port", "COM3", "--dry-run", "--json").Succeeds().Json();
        Assert.Equal("ESP32_REV0", document.GetProperty("target").GetString());
        Assert.Equal(2, document.GetProperty("commands").GetArrayLength());
        Assert.False(document.GetProperty("ran").GetBoolean());
    }

    [Theory]
    [InlineData("esp32", 1_835_008)]
    [InlineData("pico", 1_032_192)]
    public void A_program_that_is_larger_than_the_flash_is_refused(string board, int flash)
    {
        using Workspace workspace = new();
        string image = workspace.Path("app.bin");
        File.WriteAllBytes(image, new byte[flash]);
        CliRun.Of("flash", "--board", board, "--port", "COM3", "--image", image, "--dry-run").Succeeds();
        File.WriteAllBytes(image, new byte[flash + 1]);
        CliRun.Of("flash", "--board", board, "--port", "COM3", "--image", image, "--dry-run").FailsWith("app.bin: expected at most", "firmware/Nano");
    }

    [Fact]
    public void Without_an_image_the_error_names_the_property_and_what_to_build()
    {
        using Workspace workspace = new();
        CliRun.Of("flash", "--board", "esp32", "--port", "COM3", "--image", workspace.Path("none.bin"))
            .FailsWith("none.bin", "UseDevicePackages", "firmware/Nano/EdgeRnn.Nano.sln");
        CliRun run = CliRun.Of("flash", "--board", "esp32", "--port", "COM3", "--image", workspace.Path("none.bin"), "--dry-run").Succeeds();
        Assert.Contains("UseDevicePackages", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_nanoff_the_error_says_how_to_install_it()
    {
        using Workspace workspace = new();
        CliRun.Of("flash", "--board", "esp32", "--port", "COM3", "--image", workspace.Text("app.bin", "x"), "--nanoff", "nanoff-that-is-not-there")
            .FailsWith("not installed", "dotnet tool install -g nanoff", "--dry-run");
    }

    [Fact]
    public void An_unknown_board_brings_the_nearest_name() =>
        CliRun.Of("flash", "--board", "esp23", "--port", "COM3", "--dry-run").FailsWith("there is no board 'esp23'", "did you mean 'esp32'");

    [Fact]
    public void A_raspberry_pi_is_sent_to_deploy() => CliRun.Of("flash", "--board", "pi-5", "--port", "COM3", "--dry-run").FailsWith("pi-5", "edgernn deploy");

    [Fact]
    public void A_port_that_is_needed_and_missing_is_asked_for() =>
        CliRun.Of("flash", "--board", "esp32", "--dry-run").FailsWith("--port is missing", "nanoff --listports");

    [Fact]
    public void A_model_larger_than_the_boards_memory_is_refused_with_the_numbers()
    {
        using Workspace workspace = new();
        CliRun.Of("flash", "--board", "esp32", "--port", "COM3", "--model", Model(workspace, LargePump(workspace)), "--dry-run")
            .FailsWith("bytes of memory (estimate)", "51,200", "edgernn inspect");
    }

    [Fact]
    public void A_board_without_storage_takes_its_model_inside_the_program()
    {
        using Workspace workspace = new();
        CliRun.Of("flash", "--board", "stm32f429i-disco", "--port", "COM3", "--model", Model(workspace), "--dry-run").FailsWith("60,000", "Model/model.ernn");
    }

    [Fact]
    public void A_model_without_detector_settings_is_refused()
    {
        using Workspace workspace = new();
        CliRun.Of("flash", "--board", "esp32", "--port", "COM3", "--model", CalibratedPump.Model(workspace), "--dry-run").FailsWith("no detector settings", "edgernn calibrate");
    }

    [Fact]
    public void Nanoff_is_run_for_each_part_in_order_and_the_deployment_file_goes_afterwards()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script that stands for nanoff is one of the shell");
        using Workspace workspace = new();
        string log = workspace.Path("calls"), tool = Tool(workspace, $"echo \"$@\" >> '{log}'\n[ \"$1\" = --filedeployment ] && cat \"$2\" >> '{log}'\necho done\nexit 0");
        CliRun run = CliRun.Of("flash", "--board", "esp32", "--port", "COM3", "--model", Model(workspace), "--image", workspace.Text("app.bin", "x"), "--nanoff", tool)
            .Succeeds();
        string[] calls = File.ReadAllLines(log);
        Assert.StartsWith("--update --target ESP32_REV0", calls[0], StringComparison.Ordinal);
        Assert.Contains("--deploy --image", calls[1], StringComparison.Ordinal);
        Assert.StartsWith("--filedeployment", calls[2], StringComparison.Ordinal);
        Assert.Contains(calls, line => line.Contains("incoming.ernn", StringComparison.Ordinal));
        Assert.Contains("  done", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(calls[2].Split(' ')[1]));
    }

    [Fact]
    public void What_comes_after_a_failure_is_not_done()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script that stands for nanoff is one of the shell");
        using Workspace workspace = new();
        string log = workspace.Path("calls"), tool = Tool(workspace, $"echo \"$@\" >> '{log}'\necho E4000 cannot connect >&2\nexit 3");
        CliRun run = CliRun.Of("flash", "--board", "esp32", "--port", "COM3", "--image", workspace.Text("app.bin", "x"), "--nanoff", tool);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("E4000 cannot connect", run.Output, StringComparison.Ordinal);
        Assert.Contains("nanoff ended with code 3", run.Error, StringComparison.Ordinal);
        Assert.Single(File.ReadAllLines(log));
    }

    [Fact]
    public void One_part_can_be_brought_alone()
    {
        using Workspace workspace = new();
        string output = CliRun.Of("flash", "--board", "esp32", "--port", "COM3", "--model", Model(workspace), "--only", "model", "--dry-run").Succeeds().Output;
        Assert.DoesNotContain("--update", output, StringComparison.Ordinal);
        Assert.DoesNotContain("--deploy ", output, StringComparison.Ordinal);
        CliRun.Of("flash", "--board", "esp32", "--port", "COM3", "--only", "model", "--dry-run").FailsWith("--model MODEL.ernn is missing");
    }

    // The program looks for the model where flash puts it.
    [Fact]
    public void The_program_takes_the_model_from_where_it_is_put()
    {
        string source = File.ReadAllText(Path.Combine(Repository.Root, "firmware/Nano/EdgeRnn.Firmware.Nano/Adapters/InternalFiles.cs"));
        Assert.Contains($"Drive = \"{FlashPlan.IncomingModel[..3].Replace(@"\", @"\\", StringComparison.Ordinal)}\"", source, StringComparison.Ordinal);
        Assert.Contains($"Drive + \"{FlashPlan.IncomingModel[3..]}\"", source, StringComparison.Ordinal);
    }

    private static string Model(Workspace workspace, string? converted = null)
    {
        string model = workspace.Path("flash.ernn"), source = converted ?? CalibratedPump.Model(workspace);
        CliRun.Of("calibrate", source, "--data", CalibratedPump.Normal(workspace), "-o", model).Succeeds();
        return model;
    }

    // A forecaster of the pump's four channels with 200 units: 123,000 weights, where the pump has 16 units.
    private static string LargePump(Workspace workspace)
    {
        Graphs graphs = new(5);
        string path = workspace.Path("large.ernn");
        File.WriteAllBytes(path, Graphs.Write(Graphs.Chain(4, graphs.Gru(200), graphs.Dense(4))));
        return path;
    }

    private static string Tool(Workspace workspace, string script)
    {
        string path = workspace.Text("fake-nanoff", "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
