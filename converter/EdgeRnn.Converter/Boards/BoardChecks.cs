using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Boards;

/// <summary>What a board description may not say.</summary>
internal static class BoardChecks
{
    /// <summary>The first contradiction, in words, or null.</summary>
    /// <param name="board">The description.</param>
    /// <param name="fileName">Name of its file without extension.</param>
    public static string? Problem(BoardDescription board, string fileName) =>
        Problems(board, fileName).FirstOrDefault();

    private static IEnumerable<string> Problems(BoardDescription board, string fileName)
    {
        if (board.Id != fileName) yield return $"id: expected the file's name '{fileName}', found '{board.Id}'";
        foreach (string name in board.Aliases.Prepend(board.Id))
            if (name.Length == 0 || !name.All(IsOfName)) yield return $"'{name}': a name is lower case letters, digits, '-' and '+'";
        foreach (string problem in Figures(board).Concat(RuntimeFacts(board)).Concat(Pins(board)).Concat(Buses(board)))
            yield return problem;
    }

    private static bool IsOfName(char letter) => letter is >= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '+';

    private static IEnumerable<string> Figures(BoardDescription board)
    {
        (string Name, long? Value)[] figures =
        [
            ("clockHz", board.ClockHz), ("ramBytes", board.RamBytes), ("flashBytes", board.FlashBytes),
            ("ilOperationsPerSecond", board.IlOperationsPerSecond), ("macsPerSecond", board.MacsPerSecond),
            ("logicMillivolts", board.LogicMillivolts), ("pinMilliamps", board.PinMilliamps),
        ];
        foreach ((string name, long? value) in figures)
            if (value <= 0) yield return $"{name}: expected a number above 0, found {value}";
        (string Name, string Value)[] sources =
        [
            ("name", board.Name), ("processor", board.Processor), ("ramSource", board.RamSource),
            ("flashSource", board.FlashSource), ("speedSource", board.SpeedSource), ("pinSource", board.PinSource),
        ];
        foreach ((string name, string value) in sources)
            if (string.IsNullOrWhiteSpace(value)) yield return $"{name}: is empty, expected words";
        if (board.Sources.Count == 0) yield return "sources: is empty, expected where the pins are from";
        foreach (BoardSupply supply in board.Supplies)
            if (supply.Millivolts <= 0 || supply.Milliamps <= 0) yield return $"supply {supply.Name}: expected volts and amps above 0";
    }

    private static IEnumerable<string> RuntimeFacts(BoardDescription board)
    {
        bool interprets = board.Runtime == BoardRuntime.NanoFramework;
        if (interprets != (board.IlOperationsPerSecond != null))
            yield return "ilOperationsPerSecond: belongs to nanoFramework, and to it alone";
        if (interprets == (board.MacsPerSecond != null)) yield return "macsPerSecond: belongs to .NET, and to it alone";
        if (interprets != (board.Firmware.Count > 0)) yield return "firmware: belongs to nanoFramework, and to it alone";
        if (interprets != (board.FirmwareSource.Length > 0)) yield return "firmwareSource: belongs to nanoFramework, and to it alone";
        if (interprets == (board.ModelStorage == ModelStorage.File)) yield return "modelStorage: 'file' belongs to .NET, and to it alone";
        if (interprets == (board.Connection == BoardConnection.Ssh)) yield return "connection: 'ssh' belongs to .NET, and to it alone";
    }

    private static IEnumerable<string> Pins(BoardDescription board)
    {
        foreach (string header in Repeated(board.Pins.Where(pin => pin.Header != null).Select(pin => pin.Header!)))
            yield return $"pins: two are at {header}";
        foreach (string gpio in Repeated(board.Pins.Where(pin => pin.Gpio != null).Select(pin => $"{pin.Gpio}")))
            yield return $"pins: two have number {gpio}";
        foreach (BoardPin pin in board.Pins)
        {
            if ((pin.Gpio != null) != (pin.Can != PinUse.None)) yield return $"pin {pin.Name}: 'gpio' and 'can' belong together";
            if (pin.Gpio < 0) yield return $"pin {pin.Name}: expected a number from 0, found {pin.Gpio}";
            if (pin.Rating != PinRating.Free && pin.Note == null) yield return $"pin {pin.Name}: a pin that is not free needs a note";
            if (pin.Supply != null && !board.Supplies.Any(supply => supply.Name == pin.Supply))
                yield return $"pin {pin.Name}: there is no supply '{pin.Supply}'";
        }
        if (!board.Pins.Any(pin => pin.Ground)) yield return "pins: none is ground";
        foreach (BoardSupply supply in board.Supplies)
            if (!board.Pins.Any(pin => pin.Supply == supply.Name)) yield return $"supply {supply.Name}: no pin carries it";
    }

    private static IEnumerable<string> Buses(BoardDescription board)
    {
        foreach (BoardBus bus in board.Buses)
        {
            bool isI2c = bus is { Sda: not null, Scl: not null, Sck: null, Miso: null, Mosi: null };
            bool isSpi = bus is { Sda: null, Scl: null, Sck: not null, Miso: not null, Mosi: not null };
            if (!(bus.Kind == BusKind.I2c ? isI2c : isSpi))
                yield return $"bus {bus.Bus}: I2C has sda and scl, SPI has sck, miso and mosi";
        }
        BoardRoles roles = board.Roles;
        if (!Has(board, BusKind.I2c, roles.I2cBus)) yield return $"roles: there is no I2C bus {roles.I2cBus}";
        if (!Has(board, BusKind.Spi, roles.SpiBus)) yield return $"roles: there is no SPI bus {roles.SpiBus}";
        int[] used =
        [
            roles.Sda, roles.Scl, roles.Sck, roles.Miso, roles.Mosi, roles.Select, roles.Input, roles.Trigger, roles.Alarm, roles.Status,
        ];
        foreach (int gpio in used)
            if (board.Pin(gpio) == null) yield return $"roles: there is no pin {gpio}";
    }

    private static bool Has(BoardDescription board, BusKind kind, int number) =>
        board.Buses.Any(bus => bus.Kind == kind && bus.Bus == number);

    private static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key);
}
