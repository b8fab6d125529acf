using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>What a wiring may not do, and what a user should know before building it.</summary>
public static class WiringRules
{
    private static readonly WireSignal[] _written =
        [WireSignal.Sda, WireSignal.Scl, WireSignal.Sck, WireSignal.Mosi, WireSignal.Select, WireSignal.Trigger, WireSignal.Alarm];

    private static readonly WireSignal[] _read = [WireSignal.Sda, WireSignal.Scl, WireSignal.Miso, WireSignal.Input];

    /// <summary>Conflicts: sentences, one for each; none where the wiring may be built.</summary>
    /// <param name="plan">The wiring.</param>
    public static IReadOnlyList<string> Conflicts(WiringPlan plan) =>
        [.. SharedPins(plan), .. UnusablePins(plan), .. Buses(plan), .. Levels(plan), .. Power(plan), .. Currents(plan)];

    /// <summary>Pins with another task: sentences, one for each.</summary>
    /// <param name="plan">The wiring.</param>
    public static IReadOnlyList<string> Cautions(WiringPlan plan) =>
        [.. from wire in plan.Wires
            where wire.Pin?.Rating == PinRating.Caution
            select $"{wire.Name} is on {wire.Pin!.Name}: {wire.Pin.Note}"];

    private static IEnumerable<string> SharedPins(WiringPlan plan) =>
        from wire in plan.Wires
        where wire.Gpio != null
        group wire by wire.Gpio into same
        where same.Count() > 1
        select $"{string.Join(" and ", same.Select(wire => wire.Name))} are on one pin, {same.First().Pin?.Name ?? $"{same.Key}"}";

    private static IEnumerable<string> UnusablePins(WiringPlan plan)
    {
        foreach (Wire wire in plan.Wires.Where(wire => wire.Signal != WireSignal.Divided))
        {
            if (wire.Pin == null) yield return $"{wire.Name}: the board has no pin {(wire.Gpio is { } gpio ? $"{gpio}" : "for it")}";
            else if (wire.Pin.Header == null) yield return $"{wire.Name}: pin {wire.Pin.Name} is on no header";
            else if (wire.Pin.Rating == PinRating.Reserved)
                yield return $"{wire.Name}: pin {wire.Pin.Name} must not be used: {wire.Pin.Note}";
            else if (_written.Contains(wire.Signal) && wire.Pin.Can != PinUse.InOut)
                yield return $"{wire.Name}: pin {wire.Pin.Name} can be read only, and {wire.Name} is written";
        }
    }

    private static IEnumerable<string> Buses(WiringPlan plan)
    {
        BoardRoles roles = plan.Board.Roles;
        bool usesI2c = plan.Wires.Any(wire => wire.Signal == WireSignal.Sda);
        bool usesSpi = plan.Wires.Any(wire => wire.Signal == WireSignal.Sck);
        BoardBus? i2c = plan.Board.Buses.FirstOrDefault(bus => bus.Kind == BusKind.I2c && bus.Bus == roles.I2cBus);
        BoardBus? spi = plan.Board.Buses.FirstOrDefault(bus => bus.Kind == BusKind.Spi && bus.Bus == roles.SpiBus);
        if (usesI2c && i2c == null) yield return $"I2C: the board has no I2C bus {roles.I2cBus}";
        if (usesSpi && spi == null) yield return $"SPI: the board has no SPI bus {roles.SpiBus}";
        if (usesI2c && i2c is { AnyPin: false } && (i2c.Sda, i2c.Scl) != (roles.Sda, roles.Scl))
            yield return $"I2C: bus {i2c.Bus} is on pins {i2c.Sda} and {i2c.Scl} and nowhere else";
        if (usesSpi && spi is { AnyPin: false } && (spi.Sck, spi.Miso, spi.Mosi) != (roles.Sck, roles.Miso, roles.Mosi))
            yield return $"SPI: bus {spi.Bus} is on pins {spi.Sck}, {spi.Miso} and {spi.Mosi} and nowhere else";
        IEnumerable<(int Address, string Name)> parts =
            plan.Parts.Where(part => part.Part.Address != null).Select(part => (part.Part.Address!.Value, part.Part.Name));
        IEnumerable<(int Address, string Name)> soldered = plan.Board.OnBoardDevices
            .Where(device => usesI2c && device.Bus == roles.I2cBus).Select(device => (device.Address, device.Name));
        IEnumerable<IGrouping<int, string>> clashes = parts.Concat(soldered)
            .GroupBy(device => device.Address, device => device.Name).Where(group => group.Count() > 1);
        foreach (IGrouping<int, string> same in clashes)
            yield return $"I2C: {string.Join(" and ", same)} have one address, 0x{same.Key:X2}";
    }

    private static IEnumerable<string> Levels(WiringPlan plan) =>
        from wire in plan.Wires
        where _read.Contains(wire.Signal)
        from end in wire.Ends
        let high = WiringPlan.HighMillivolts(end)
        where high > plan.Board.LogicMillivolts
        select $"{wire.Name}: {end.Part.Part.Name} gives {high} mV, and no pin of the board may see more than {plan.Board.LogicMillivolts}";

    private static IEnumerable<string> Power(WiringPlan plan)
    {
        foreach (PlannedPart part in plan.Parts)
        {
            if (!part.Part.Terminals.Any(terminal => terminal.Signal == WireSignal.Ground)) yield return $"{part.Part.Name}: has no ground";
            if (part.Part.LeastMillivolts == 0) continue;
            if (!part.Part.Terminals.Any(terminal => terminal.Signal == WireSignal.Supply)) yield return $"{part.Part.Name}: has no supply";
            if (part.Supply == null)
            {
                yield return $"{part.Part.Name}: needs {part.Part.LeastMillivolts} to {part.Part.MostMillivolts} mV, " +
                    "and the board gives none of it";
            }
        }
    }

    private static IEnumerable<string> Currents(WiringPlan plan)
    {
        foreach (BoardSupply supply in plan.Board.Supplies)
        {
            double drawn = plan.Parts.Where(part => part.Supply == supply).Sum(part => part.Part.Milliamps);
            if (drawn > supply.Milliamps) yield return $"{supply.Name}: the parts take {Figure(drawn)} mA, and it gives {supply.Milliamps}";
        }
        double alarm = AlarmMilliamps(plan);
        if (alarm > plan.Board.PinMilliamps)
            yield return $"alarm: the parts take {Figure(alarm)} mA, and a pin gives {plan.Board.PinMilliamps}";
    }

    /// <summary>What the alarm pin gives, in milliamps.</summary>
    /// <param name="plan">The wiring.</param>
    public static double AlarmMilliamps(WiringPlan plan) => plan.LightCurrent() + plan.Parts.Sum(part => part.Part.InputMilliamps);

    private static string Figure(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
