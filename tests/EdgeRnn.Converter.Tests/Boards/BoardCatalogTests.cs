using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Boards;

public sealed class BoardCatalogTests
{
    private static readonly string _folder = Path.Combine(Repository.Root, "hardware", "boards");

    public static TheoryData<string> Ids => [.. BoardCatalog.Load(_folder).Boards.Select(board => board.Id)];

    [Fact]
    public void Every_board_of_the_plan_is_described() =>
        Assert.Equal(
            ["esp32", "esp32-c3", "esp32-psram", "esp32-s3", "pi-3b-plus", "pi-4", "pi-5", "pi-zero-2w", "rp2040", "rp2350",
                "stm32f429i-disco", "stm32f769i-disco"],
            BoardCatalog.Load(_folder).Boards.Select(board => board.Id));

    [Theory]
    [InlineData("pico", "rp2040")]
    [InlineData("ESP32", "esp32")]
    [InlineData("Pi5", "pi-5")]
    public void Board_is_found_by_alias_and_in_any_case(string name, string id) =>
        Assert.Equal(id, BoardCatalog.Load(_folder).Find(name)?.Id);

    [Fact]
    public void Board_that_is_not_described_is_not_found() => Assert.Null(BoardCatalog.Load(_folder).Find("esp8266"));

    // What the roles say is what firmware and wiring pages use, so their pins must be usable and none may carry two of one sensor.
    [Theory]
    [MemberData(nameof(Ids))]
    public void Roles_are_pins_that_may_be_used(string id)
    {
        BoardDescription board = BoardCatalog.Load(_folder).Find(id)!;
        BoardRoles roles = board.Roles;
        int[] used = [roles.Sda, roles.Scl, roles.Sck, roles.Miso, roles.Mosi, roles.Select, roles.Input, roles.Trigger, roles.Alarm];
        foreach (int gpio in used)
        {
            BoardPin pin = board.Pin(gpio)!;
            Assert.True(pin.Header != null && pin.Rating == PinRating.Free, $"{id}: pin {pin.Name}");
        }
        foreach (int gpio in new[] { roles.Sda, roles.Scl, roles.Sck, roles.Mosi, roles.Select, roles.Trigger, roles.Alarm, roles.Status })
            Assert.Equal(PinUse.InOut, board.Pin(gpio)!.Can);
        int[][] together =
        [
            [roles.Sda, roles.Scl, roles.Alarm, roles.Status],
            [roles.Sck, roles.Miso, roles.Mosi, roles.Select, roles.Alarm, roles.Status],
            [roles.Input, roles.Trigger, roles.Alarm, roles.Status],
        ];
        foreach (int[] pins in together) Assert.Equal(pins.Length, pins.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Roles_agree_with_the_buses(string id)
    {
        BoardDescription board = BoardCatalog.Load(_folder).Find(id)!;
        BoardBus i2c = board.Buses.Single(bus => bus.Kind == BusKind.I2c && bus.Bus == board.Roles.I2cBus);
        BoardBus spi = board.Buses.Single(bus => bus.Kind == BusKind.Spi && bus.Bus == board.Roles.SpiBus);
        Assert.Equal((board.Roles.Sda, board.Roles.Scl), (i2c.Sda, i2c.Scl));
        Assert.Equal((board.Roles.Sck, board.Roles.Miso, board.Roles.Mosi), (spi.Sck, spi.Miso, spi.Mosi));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Speed_is_called_an_estimate(string id) =>
        Assert.StartsWith("Estimate", BoardCatalog.Load(_folder).Find(id)!.SpeedSource, StringComparison.Ordinal);

    [Theory]
    [InlineData("ramBytes", "0", "ramBytes: expected a number above 0, found 0")]
    [InlineData("ramSource", "\" \"", "ramSource: is empty")]
    [InlineData("id", "\"pico\"", "expected the file's name 'rp2040', found 'pico'")]
    [InlineData("aliases", "[\"Pi co\"]", "'Pi co': a name is lower case letters")]
    [InlineData("macsPerSecond", "1", "macsPerSecond: belongs to .NET")]
    [InlineData("ilOperationsPerSecond", "null", "ilOperationsPerSecond: belongs to nanoFramework")]
    [InlineData("firmware", "[]", "firmware: belongs to nanoFramework")]
    [InlineData("modelStorage", "\"file\"", "modelStorage: 'file' belongs to .NET")]
    [InlineData("connection", "\"ssh\"", "connection: 'ssh' belongs to .NET")]
    [InlineData("runtime", "\"arduino\"", "no board description")]
    [InlineData("runtime", "1", "no board description")]
    [InlineData("clockMhz", "125", "no board description")]
    [InlineData("sources", "[]", "sources: is empty")]
    [InlineData("supplies", "[]", "pin 3V3: there is no supply '3V3'")]
    [InlineData("pins", "[]", "pins: none is ground")]
    [InlineData("buses", "[]", "roles: there is no I2C bus 0")]
    [InlineData("buses", "[{\"kind\": \"i2c\", \"bus\": 0, \"sda\": 4}]", "I2C has sda and scl")]
    public void Description_with_one_thing_wrong_is_refused_in_one_line(string field, string value, string message)
    {
        JsonObject board = Pico();
        board[field] = JsonNode.Parse(value);
        ConversionException error = Refusal(board.ToJsonString());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("rp2040.json: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(0, "header", "\"2\"", "pins: two are at 2")]
    [InlineData(0, "gpio", "1", "pins: two have number 1")]
    [InlineData(0, "gpio", "null", "pin GP0: 'gpio' and 'can' belong together")]
    [InlineData(0, "rating", "\"caution\"", "pin GP0: a pin that is not free needs a note")]
    [InlineData(0, "supply", "\"12V\"", "pin GP0: there is no supply '12V'")]
    [InlineData(35, "supply", "null", "supply 3V3: no pin carries it")]
    [InlineData(5, "gpio", "77", "roles: there is no pin 4")] // the sixth pin is GP4
    public void Pin_with_one_thing_wrong_is_refused(int index, string field, string value, string message)
    {
        JsonObject board = Pico();
        board["pins"]![index]![field] = JsonNode.Parse(value);
        ConversionException error = Refusal(board.ToJsonString());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no board description")]
    [InlineData("null", "holds null")]
    [InlineData("{}", "no board description")]
    [InlineData("{\"id\": \"a\", \"id\": \"b\"}", "no board description")]
    public void Text_that_is_no_description_is_refused(string text, string message) =>
        Assert.Contains(message, Refusal(text).Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_folder_is_one_error() =>
        Assert.Contains("no board descriptions there",
            Assert.Throws<ConversionException>(() => BoardCatalog.Load(Path.Combine(_folder, "none"))).Message, StringComparison.Ordinal);

    private static ConversionException Refusal(string text) =>
        Assert.Throws<ConversionException>(() => BoardCatalog.Read(text, "rp2040.json"));

    private static JsonObject Pico() => JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "rp2040.json")))!.AsObject();
}
