using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Boards;
using Spectre.Console;

namespace EdgeRnn.Cli.Output;

/// <summary>Boards as text.</summary>
internal static class BoardFacts
{
    /// <summary>Boards, one per row.</summary>
    public static Table List(IEnumerable<BoardDescription> boards)
    {
        Table table = NewTable("board", "name", "runtime", "clock", "FPU", "RAM for the program", "flash for it", "speed (estimate)");
        foreach (BoardDescription board in boards)
        {
            AddRow(table, board.Id, board.Name, RuntimeName(board), Megahertz(board), FpuName(board), Size(board.RamBytes),
                Size(board.FlashBytes), Speed(board));
        }
        return table;
    }

    /// <summary>A board without its pins, a line per fact.</summary>
    public static IEnumerable<string> Lines(BoardDescription board)
    {
        yield return $"{board.Id}: {board.Name}" + (board.Aliases.Count > 0 ? $" (also {string.Join(", ", board.Aliases)})" : "");
        yield return $"processor   {board.Processor}, {Megahertz(board)}, floating point: {FpuName(board)}";
        yield return $"runtime     {RuntimeName(board)}";
        yield return $"RAM         {Quantity.Bytes(board.RamBytes)} for the program";
        yield return $"flash       {Quantity.Bytes(board.FlashBytes)} for the application";
        yield return $"model       {StorageText(board.ModelStorage)}";
        yield return $"speed       {Speed(board)}, an estimate";
        if (board.Firmware.Count > 0) yield return $"firmware    {string.Join("; ", board.Firmware.Select(FirmwareText))}";
        if (board.Lacks.Count > 0) yield return $"lacks       {string.Join("; ", board.Lacks)}";
        yield return $"levels      {Volts(board.LogicMillivolts)}, at most {board.PinMilliamps} mA a pin";
        yield return "supplies    " +
            string.Join("; ", board.Supplies.Select(supply => $"{supply.Name}: {Volts(supply.Millivolts)}, {supply.Milliamps} mA"));
        foreach (BoardBus bus in board.Buses) yield return $"bus         {BusText(board, bus)}";
        foreach (OnBoardDevice device in board.OnBoardDevices)
            yield return $"on board    {device.Name} on I2C bus {device.Bus}, address 0x{device.Address:X2}";
        yield return "used as     " + string.Join(", ", Roles(board).Select(role => $"{role.Name} {PinName(board, role.Gpio)}"));
    }

    /// <summary>The pins of a board, one per row.</summary>
    public static Table Pins(BoardDescription board)
    {
        Table table = NewTable("header", "pin", "number", "can", "used as", "remark");
        foreach (BoardPin pin in board.Pins)
        {
            string uses = string.Join(", ", Roles(board).Where(role => role.Gpio == pin.Gpio).Select(role => role.Name));
            AddRow(table, pin.Header ?? "-", pin.Name, pin.Gpio is { } gpio ? $"{gpio}" : "", Abilities(pin), uses, Remark(pin));
        }
        return table;
    }

    /// <summary>Where the figures are from.</summary>
    public static IEnumerable<string> Sources(BoardDescription board)
    {
        yield return $"RAM: {board.RamSource}";
        yield return $"flash: {board.FlashSource}";
        yield return $"speed: {board.SpeedSource}";
        if (board.FirmwareSource.Length > 0) yield return $"firmware: {board.FirmwareSource}";
        yield return $"pins: {board.PinSource}";
        foreach (string source in board.Sources) yield return $"also: {source}";
    }

    private static string Speed(BoardDescription board) => board.IlOperationsPerSecond is { } operations
        ? $"{Quantity.Fixed(operations / 1e6, 2)} million IL operations/s"
        : $"{Quantity.Fixed(board.MacsPerSecond!.Value / 1e6, 0)} million multiply-accumulates/s";

    private static string FirmwareText(BoardFirmware firmware) =>
        $"{firmware.Target} for {firmware.For}{(firmware.Preview ? " (preview)" : "")}";

    private static string RuntimeName(BoardDescription board) => board.Runtime == BoardRuntime.Dotnet ? ".NET" : "nanoFramework";

    private static string FpuName(BoardDescription board) => board.Fpu switch
    {
        FloatSupport.None => "none",
        FloatSupport.Single => "single",
        _ => "single, double",
    };

    private static string StorageText(ModelStorage storage) => storage switch
    {
        ModelStorage.Embedded => "in the program, at most 60,000 bytes; its firmware has no file system that programs reach",
        ModelStorage.Internal => "in the program, at most 60,000 bytes, or a file of the internal storage",
        _ => "a file",
    };

    private static string Megahertz(BoardDescription board) => $"{board.ClockHz / 1_000_000} MHz";

    private static string Volts(int millivolts) => $"{Quantity.Fixed(millivolts / 1000.0, 1)} V";

    private static string Size(long bytes) => bytes < 1024 * 1024 ? $"{Quantity.Fixed(bytes / 1024.0, 0)} KB"
        : $"{Quantity.Fixed(bytes / 1024.0 / 1024.0, 1)} MB";

    private static string BusText(BoardDescription board, BoardBus bus)
    {
        string pins = bus.Kind == BusKind.I2c ? $"I2C {bus.Bus}: data {PinName(board, bus.Sda)}, clock {PinName(board, bus.Scl)}"
            : $"SPI {bus.Bus}: clock {PinName(board, bus.Sck)}, data in {PinName(board, bus.Miso)}, data out {PinName(board, bus.Mosi)}";
        return bus.AnyPin ? pins + "; any other pins as well" : pins;
    }

    private static string PinName(BoardDescription board, int? gpio) =>
        gpio is { } number && board.Pin(number) is { } pin ? $"{pin.Name}" : $"{gpio}";

    private static string Abilities(BoardPin pin)
    {
        if (pin.Supply != null) return "supply";
        if (pin.Ground) return "ground";
        string directions = pin.Can switch { PinUse.In => "in", PinUse.InOut => "in, out", _ => "" };
        return pin.Adc == null ? directions : $"{directions}, {pin.Adc}";
    }

    private static string Remark(BoardPin pin) => pin.Rating switch
    {
        PinRating.Reserved => $"do not use: {pin.Note}",
        PinRating.Caution => $"careful: {pin.Note}",
        _ => pin.Note ?? "",
    };

    private static IEnumerable<(string Name, int Gpio)> Roles(BoardDescription board)
    {
        BoardRoles roles = board.Roles;
        return
        [
            ("SDA", roles.Sda), ("SCL", roles.Scl), ("SCK", roles.Sck), ("MISO", roles.Miso), ("MOSI", roles.Mosi), ("CS", roles.Select),
            ("input", roles.Input), ("trigger", roles.Trigger), ("alarm", roles.Alarm), ("status", roles.Status),
        ];
    }

    private static Table NewTable(params string[] headings)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string heading in headings) table.AddColumn(new TableColumn(heading).NoWrap());
        return table;
    }

    private static void AddRow(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}
