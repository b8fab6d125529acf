using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Boards;

/// <summary>What the wiring pages show is what the programs use when nobody says otherwise.</summary>
public sealed partial class FirmwarePinsTests
{
    private static readonly BoardCatalog _catalog = BoardCatalog.Load(Path.Combine(Repository.Root, "hardware", "boards"));

    [Fact]
    public void Default_configuration_of_the_Pi_agrees_with_the_boards()
    {
        string path = Path.Combine(Repository.Root, "firmware", "Pi", "edgernn.json");
        Assert.SkipUnless(File.Exists(path), "firmware/Pi is not in this checkout");
        JsonElement configuration = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        foreach (BoardDescription board in _catalog.Boards.Where(board => board.Runtime == BoardRuntime.Dotnet))
        {
            BoardRoles roles = board.Roles;
            Assert.Equal(roles.Alarm, configuration.GetProperty("alarm").GetProperty("pin").GetInt32());
            Assert.Equal(roles.Status, configuration.GetProperty("led").GetProperty("pin").GetInt32());
            Assert.Equal(roles.I2cBus, configuration.GetProperty("sensor").GetProperty("bus").GetInt32());
        }
    }

    [Fact]
    public void Programs_of_microcontrollers_agree_with_the_boards()
    {
        string firmware = Path.Combine(Repository.Root, "firmware", "Nano");
        string[] programs = !Directory.Exists(firmware) ? []
            : [.. Directory.GetFiles(firmware, "*.cs", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "Boards")];
        Assert.SkipUnless(programs.Length > 0, "firmware/Nano is not in this checkout");
        List<string> boards = [];
        foreach (string text in programs.Select(File.ReadAllText))
        {
            if (BoardPattern().Match(text) is not { Success: true } board) continue;
            boards.Add(board.Groups[1].Value);
            Assert.Empty(Disagreements(_catalog.Find(board.Groups[1].Value)!, text));
        }
        Assert.NotEmpty(boards);
        Assert.Equal(boards.Distinct(), boards);
    }

    [Theory]
    [InlineData("Sda = 21, Scl = 22, Alarm = 25, SetPinFunction(4, COM2_TX)", null)]
    [InlineData("Alarm = 26,", "Alarm is 26, the board says 25")]
    [InlineData("I2cBus = 2,", "I2cBus is 2, the board says 1")]
    [InlineData("SetPinFunction(25, DeviceFunction.COM2_TX)", "IO25 has a role and another function")]
    [InlineData("SetPinFunction(6, DeviceFunction.COM2_TX)", "CLK must not be used")]
    [InlineData("SetPinFunction(99, DeviceFunction.COM2_TX)", "there is no pin 99")]
    public void Planted_disagreement_is_found(string text, string? message) =>
        Assert.Equal(message == null ? [] : [message], Disagreements(_catalog.Find("esp32")!, text));

    private static IEnumerable<string> Disagreements(BoardDescription board, string text)
    {
        BoardRoles roles = board.Roles;
        Dictionary<string, int> expected = new()
        {
            ["I2cBus"] = roles.I2cBus,
            ["Sda"] = roles.Sda,
            ["Scl"] = roles.Scl,
            ["SpiBus"] = roles.SpiBus,
            ["Sck"] = roles.Sck,
            ["Miso"] = roles.Miso,
            ["Mosi"] = roles.Mosi,
            ["Select"] = roles.Select,
            ["Input"] = roles.Input,
            ["Trigger"] = roles.Trigger,
            ["Alarm"] = roles.Alarm,
            ["Status"] = roles.Status,
        };
        foreach (Match match in RolePattern().Matches(text))
        {
            int found = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
            if (expected.TryGetValue(match.Groups[1].Value, out int role) && role != found)
                yield return $"{match.Groups[1].Value} is {found}, the board says {role}";
        }
        foreach (Match match in FunctionPattern().Matches(text))
        {
            int gpio = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            BoardPin? pin = board.Pin(gpio);
            if (pin == null) yield return $"there is no pin {gpio}";
            else if (pin.Rating == PinRating.Reserved) yield return $"{pin.Name} must not be used";
            else if (expected.Any(role => !role.Key.EndsWith("Bus", System.StringComparison.Ordinal) && role.Value == gpio))
                yield return $"{pin.Name} has a role and another function";
        }
    }

    [GeneratedRegex(@"hardware/boards/([a-z0-9-]+)\.json")]
    private static partial Regex BoardPattern();

    [GeneratedRegex(@"\b([A-Z][A-Za-z0-9]*) = (\d+)")]
    private static partial Regex RolePattern();

    [GeneratedRegex(@"SetPinFunction\((\d+),")]
    private static partial Regex FunctionPattern();
}
