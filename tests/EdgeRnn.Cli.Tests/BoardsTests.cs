using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Tests;

namespace EdgeRnn.Cli.Tests;

public sealed class BoardsTests
{
    [Fact]
    public void Installed_boards_are_those_of_the_folder() =>
        Assert.Equal(Names(Path.Combine(Repository.Root, "hardware", "boards")), Names(Path.Combine(AppContext.BaseDirectory, "boards")));

    [Fact]
    public void List_shows_every_board_with_its_memory_and_calls_speeds_estimates()
    {
        string output = CliRun.Of("boards").Succeeds().Output;
        foreach (string part in new[] { "esp32-psram", "Raspberry Pi Pico 2", "50 KB", "million IL operations/s", "speed (estimate)" })
            Assert.Contains(part, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("esp32", "ESP32_REV0", "do not use: connected to the flash", "careful: strapping pin", "SDA IO21", "an estimate")]
    [InlineData("PICO2", "PICO2_RP2350 for Pico 2 without radio (preview)", "NF_FEATURE_LIGHT_MATH", "SPI 0: clock GP18")]
    [InlineData("pi-5", "million multiply-accumulates/s", "GPIO17", "4 mA at the drive strength after reset")]
    [InlineData("stm32f429i-disco", "STMPE811 touch controller on I2C bus 3, address 0x41", "3.0 V")]
    public void One_board_is_shown_in_full(string name, params string[] parts)
    {
        string output = CliRun.Of("boards", name).Succeeds().Output;
        foreach (string part in parts) Assert.Contains(part, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_description()
    {
        JsonElement board = CliRun.Of("boards", "rp2040", "--json").Succeeds().Json();
        Assert.Equal(204800, board.GetProperty("ramBytes").GetInt64());
        Assert.Equal("nanoFramework", board.GetProperty("runtime").GetString());
        Assert.Equal(12, CliRun.Of("boards", "--json").Succeeds().Json().GetProperty("boards").GetArrayLength());
    }

    [Fact]
    public void Mistyped_board_suggests_the_nearest() =>
        CliRun.Of("boards", "esp32s4").FailsWith("there is no board 'esp32s4'", "did you mean 'esp32s3'?", "`edgernn boards` lists them");

    [Fact]
    public void Board_far_from_every_name_lists_them() =>
        CliRun.Of("boards", "commodore-amiga-500").FailsWith("there is no board", "expected one of esp32, esp32-c3");

    private static string[] Names(string folder) =>
        [.. Directory.GetFiles(folder, "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
