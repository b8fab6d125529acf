using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Tests;

namespace EdgeRnn.Cli.Tests;

public sealed class WiringTests
{
    private static readonly string _folder = Path.Combine(Repository.Root, "hardware", "wiring");

    [Fact]
    public void Examples_are_listed()
    {
        Assert.Contains("vibration-mpu6050", CliRun.Of("wiring").Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("edgernn wiring rp2040 EXAMPLE", CliRun.Of("wiring", "pico").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_names_pin_part_and_terminal()
    {
        string output = CliRun.Of("wiring", "esp32", "vibration-mpu6050").Succeeds().Output;
        string[] parts =
            ["J3-6 (IO21)", "MPU-6050 module (GY-521)", "AD0 (address 0x68)", "settings: I2C bus 1, address 0x68; alarm pin 25"];
        foreach (string part in parts)
            Assert.Contains(part, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_wires()
    {
        JsonElement wiring = CliRun.Of("wiring", "pi-4", "analog-mcp3008", "--json").Succeeds().Json();
        JsonElement miso = wiring.GetProperty("wires").EnumerateArray().Single(wire => wire.GetProperty("wire").GetString() == "MISO");
        Assert.Equal("21", miso.GetProperty("header").GetString());
        Assert.Equal(9, miso.GetProperty("gpio").GetInt32());
        Assert.Equal("12 DOUT", miso.GetProperty("terminal").GetString());
        Assert.Equal("SPI bus 0, select line 0", wiring.GetProperty("settings")[0].GetString());
    }

    [Fact]
    public void Page_and_picture_are_written_as_the_project_has_them()
    {
        using Workspace work = new();
        CliRun.Of("wiring", "esp32", "motion-pir", "-o", work.Root).Succeeds();
        foreach (string name in new[] { "motion-pir.md", "motion-pir.svg" })
            Assert.Equal(File.ReadAllText(Path.Combine(_folder, "esp32", name)), File.ReadAllText(work.Path(name)));
    }

    [Fact]
    public void All_pages_are_written()
    {
        using Workspace work = new();
        CliRun.Of("wiring", "--all", "-o", work.Root).Succeeds();
        Assert.Equal(12 * 10 * 2, Directory.GetFiles(work.Root, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Mistyped_example_suggests_the_nearest() =>
        CliRun.Of("wiring", "esp32", "vibration-mpu605")
            .FailsWith("there is no example 'vibration-mpu605'", "did you mean 'vibration-mpu6050'?");

    [Fact]
    public void Mistyped_board_suggests_the_nearest() => CliRun.Of("wiring", "esp33", "motion-pir").FailsWith("did you mean 'esp32'?");

    [Theory]
    [InlineData("--all needs a folder", "wiring", "--all")]
    [InlineData("--all writes every board", "wiring", "esp32", "--all")]
    [InlineData("-o writes one example", "wiring", "esp32", "-o", ".")]
    [InlineData("there is no such folder", "wiring", "esp32", "motion-pir", "-o", "no/such")]
    public void Wrong_usage_is_one_line(string message, params string[] args) => CliRun.Of(args).FailsWith(message);
}
