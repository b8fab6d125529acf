using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Converter.Boards.Wiring;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Boards;

/// <summary>Every rule finds a planted breach, and nothing in the wiring beside it that is right.</summary>
public sealed class WiringRulesTests
{
    private static readonly BoardCatalog _catalog = BoardCatalog.Load(Path.Combine(Repository.Root, "hardware", "boards"));
    private static readonly WiringBook _book = WiringBook.Load(Path.Combine(Repository.Root, "hardware", "wiring", "wiring.json"));

    public static TheoryData<string, string> All
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (BoardDescription board in _catalog.Boards)
                foreach (WiringExample example in _book.Examples) all.Add(board.Id, example.Id);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Wiring_has_neither_conflict_nor_caution(string board, string example)
    {
        WiringPlan plan = Plan(Board(board), example);
        Assert.Empty(WiringRules.Conflicts(plan));
        Assert.Empty(WiringRules.Cautions(plan));
    }

    [Fact]
    public void Two_wires_on_one_pin_are_found()
    {
        BoardDescription board = Board("esp32");
        Finds("SDA and SCL are on one pin, IO21", Plan(board with { Roles = board.Roles with { Scl = 21 } }, "climate-bme280"));
        Finds("SDA and alarm are on one pin, IO21", Plan(board with { Roles = board.Roles with { Alarm = 21 } }, "climate-bme280"));
    }

    [Fact]
    public void Output_on_a_pin_that_can_be_read_only_is_found()
    {
        BoardDescription board = Board("esp32");
        Finds("alarm: pin IO34 can be read only, and alarm is written",
            Plan(board with { Roles = board.Roles with { Alarm = 34 } }, "motion-pir"));
        Assert.Empty(WiringRules.Conflicts(Plan(board with { Roles = board.Roles with { Input = 34 } }, "motion-pir")));
    }

    [Fact]
    public void Pin_on_no_header_is_found()
    {
        BoardDescription board = Board("rp2040");
        Finds("alarm: pin GP25 is on no header", Plan(board with { Roles = board.Roles with { Alarm = 25 } }, "motion-pir"));
    }

    [Fact]
    public void Pin_the_board_does_not_have_is_found()
    {
        BoardDescription board = Board("rp2040");
        Finds("alarm: the board has no pin 77", Plan(board with { Roles = board.Roles with { Alarm = 77 } }, "motion-pir"));
    }

    [Fact]
    public void Pin_of_the_flash_or_of_external_memory_is_found()
    {
        BoardRoles roles = Board("esp32").Roles;
        Finds("alarm: pin CLK must not be used: connected to the flash",
            Plan(Board("esp32") with { Roles = roles with { Alarm = 6 } }, "motion-pir"));
        Finds("alarm: pin IO16 must not be used: connected to the PSRAM",
            Plan(Board("esp32-psram") with { Roles = roles with { Alarm = 16 } }, "motion-pir"));
        Assert.Empty(WiringRules.Conflicts(Plan(Board("esp32") with { Roles = roles with { Alarm = 16 } }, "motion-pir")));
    }

    [Fact]
    public void Pin_that_is_read_at_reset_is_a_caution_and_no_conflict()
    {
        BoardDescription board = Board("esp32");
        WiringPlan plan = Plan(board with { Roles = board.Roles with { Alarm = 12 } }, "motion-pir");
        Assert.Empty(WiringRules.Conflicts(plan));
        Assert.StartsWith("alarm is on IO12: strapping pin", Assert.Single(WiringRules.Cautions(plan)), StringComparison.Ordinal);
    }

    [Fact]
    public void Five_volts_without_a_divider_are_found()
    {
        WiringPlan plan = Plan(Board("pi-4"), "distance-hc-sr04", part => part with
        {
            Terminals = [.. part.Terminals.Select(terminal => terminal with { Divider = false })],
        });
        Finds("input: HC-SR04 ultrasonic sensor gives 5000 mV, and no pin of the board may see more than 3300", plan);
    }

    // I2C lines are pulled up to the module's supply, so a module on 5 V pulls the pins there.
    [Fact]
    public void Bus_pulled_up_to_five_volts_is_found() =>
        Finds("SDA: MPU-6050 module (GY-521) gives 5000 mV", Plan(Board("esp32"), "vibration-mpu6050", part =>
            part.Id == "mpu6050" ? part with { LeastMillivolts = 4500 } : part));

    [Fact]
    public void Address_of_a_device_on_the_board_is_found() =>
        Finds("I2C: INA219 module, shunt 0.1 Ω and STMPE811 touch controller have one address, 0x41",
            Plan(Board("stm32f429i-disco"), "motor-current-ina219", part => part.Id == "ina219" ? part with { Address = 0x41 } : part));

    [Fact]
    public void Two_parts_with_one_address_are_found()
    {
        WiringPart[] parts = [.. _book.PartsOf(_book.Find("vibration-mpu6050")!)];
        WiringPlan plan = WiringPlan.Of(Board("esp32"), _book.Find("vibration-mpu6050")!,
            [.. parts, parts[0] with { Id = "second", Name = "Second module" }]);
        Finds("I2C: MPU-6050 module (GY-521) and Second module have one address, 0x68", plan);
    }

    [Fact]
    public void Bus_on_pins_the_firmware_does_not_give_it_is_found()
    {
        BoardRoles pico = Board("rp2040").Roles with { Sda = 8, Scl = 9 }, esp = Board("esp32").Roles with { Sda = 16, Scl = 17 };
        Finds("I2C: bus 0 is on pins 4 and 5 and nowhere else", Plan(Board("rp2040") with { Roles = pico }, "climate-bme280"));
        Assert.Empty(WiringRules.Conflicts(Plan(Board("esp32") with { Roles = esp }, "climate-bme280")));
        BoardRoles pi = Board("pi-4").Roles with { Miso = 5 };
        Finds("SPI: bus 0 is on pins 11, 9 and 10 and nowhere else", Plan(Board("pi-4") with { Roles = pi }, "analog-mcp3008"));
    }

    [Fact]
    public void Bus_the_board_does_not_have_is_found()
    {
        BoardDescription board = Board("rp2040");
        BoardDescription i2cOnly = board with { Buses = [.. board.Buses.Where(bus => bus.Kind == BusKind.I2c)] };
        Finds("SPI: the board has no SPI bus 0", Plan(i2cOnly, "analog-mcp3008"));
        Assert.Empty(WiringRules.Conflicts(Plan(i2cOnly, "analog-ads1115")));
    }

    [Theory]
    [InlineData(WireSignal.Ground, "BME280 module: has no ground")]
    [InlineData(WireSignal.Supply, "BME280 module: has no supply")]
    public void Missing_ground_or_supply_is_found(WireSignal missing, string message) =>
        Finds(message, Plan(Board("pi-5"), "climate-bme280", part => part.Id == "bme280"
            ? part with { Terminals = [.. part.Terminals.Where(terminal => terminal.Signal != missing)] } : part));

    [Fact]
    public void Supply_the_board_does_not_have_is_found()
    {
        BoardDescription board = Board("esp32");
        Finds("Relay module, active high: needs 4500 to 5500 mV, and the board gives none of it",
            Plan(board with { Supplies = [board.Supplies[0]] }, "climate-bme280"));
    }

    [Fact]
    public void Current_over_what_a_supply_gives_is_found() =>
        Finds("3V: the parts take 120.0 mA, and it gives 100", Plan(Board("stm32f429i-disco"), "climate-bme280", part =>
            part.Id == "bme280" ? part with { Milliamps = 120 } : part));

    [Fact]
    public void Current_over_what_a_pin_gives_is_found() =>
        Finds("alarm: the parts take 18.9 mA, and a pin gives 8", Plan(Board("pi-4"), "climate-bme280", part =>
            part.Id == "relay" ? part with { InputMilliamps = 15 } : part));

    // A pin of 4 mA leaves 2 mA beside the relay: 1.3 V / 2 mA = 650 Ohm, next in the series 680. Elsewhere the light gets 4 mA.
    [Theory]
    [InlineData("rp2040", 680)]
    [InlineData("pi-5", 680)]
    [InlineData("esp32", 330)]
    [InlineData("stm32f429i-disco", 270)]
    public void Resistor_of_the_light_suits_the_pin(string id, int ohms)
    {
        WiringPlan plan = Plan(Board(id), "climate-bme280");
        Assert.Equal(ohms, plan.Parts.Single(part => part.Part.Id == "light").SeriesOhms);
        Assert.InRange(WiringRules.AlarmMilliamps(plan), 3, plan.Board.PinMilliamps);
    }

    // 5 V x 3.3 / (1.8 + 3.3) = 3.235 V; with 3.0 V pins 5 V x 3.3 / (2.2 + 3.3) = 3.000 V.
    [Theory]
    [InlineData("pi-4", 1800)]
    [InlineData("stm32f429i-disco", 2200)]
    public void Divider_brings_five_volts_down_to_what_the_pin_stands(string id, int ohms)
    {
        PlannedPart divider = Plan(Board(id), "distance-hc-sr04").Parts.Single(part => part.IsDivider);
        Assert.Equal((ohms, 3300), (divider.SeriesOhms, divider.GroundOhms));
    }

    [Fact]
    public void Level_the_pin_stands_gets_no_divider()
    {
        Assert.DoesNotContain(Plan(Board("pi-4"), "motion-pir").Parts, part => part.IsDivider);
        Assert.Contains(Plan(Board("stm32f429i-disco"), "motion-pir").Parts, part => part.IsDivider);
    }

    private static BoardDescription Board(string id) => _catalog.Find(id)!;

    private static WiringPlan Plan(BoardDescription board, string example, Func<WiringPart, WiringPart>? change = null)
    {
        IEnumerable<WiringPart> parts = _book.PartsOf(_book.Find(example)!);
        return WiringPlan.Of(board, _book.Find(example)!, change == null ? parts : parts.Select(change));
    }

    private static void Finds(string message, WiringPlan plan) =>
        Assert.Contains(WiringRules.Conflicts(plan), conflict => conflict.Contains(message, StringComparison.Ordinal));
}
