using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>A wiring as a page: a table of pins, the picture, the settings and what to take care of.</summary>
public static class WiringPage
{
    /// <summary>The table: a row for each end of each wire.</summary>
    /// <param name="plan">The wiring.</param>
    public static IEnumerable<WiringRow> Rows(WiringPlan plan) =>
        from wire in plan.Wires
        from end in wire.Ends
        select new WiringRow(wire.Name, wire.Pin?.Header ?? "", wire.Pin?.Name ?? "", wire.Pin?.Gpio, end.Part.Part.Name,
            end.Terminal.Note == null ? end.Terminal.Name : $"{end.Terminal.Name} ({end.Terminal.Note})",
            WireColour.Of(wire, plan.Board).Name);

    /// <summary>How a program is told of it: bus, address and pins.</summary>
    /// <param name="plan">The wiring.</param>
    public static IEnumerable<string> Settings(WiringPlan plan)
    {
        BoardRoles roles = plan.Board.Roles;
        int? address = plan.Parts[0].Part.Address;
        if (address != null) yield return $"I2C bus {roles.I2cBus}, address 0x{address:X2}";
        if (plan.Wires.Any(wire => wire.Signal == WireSignal.Sck))
            yield return $"SPI bus {roles.SpiBus}, select {(roles.SelectLine is { } line ? $"line {line}" : $"pin {roles.Select}")}";
        if (plan.Wires.Any(wire => wire.Signal == WireSignal.Input)) yield return $"input pin {roles.Input}";
        if (plan.Wires.Any(wire => wire.Signal == WireSignal.Trigger)) yield return $"trigger pin {roles.Trigger}";
        yield return $"alarm pin {roles.Alarm}";
    }

    /// <summary>What to take care of.</summary>
    /// <param name="plan">The wiring.</param>
    public static IEnumerable<string> Cares(WiringPlan plan)
    {
        foreach (string caution in WiringRules.Cautions(plan)) yield return caution + ".";
        foreach (PlannedPart part in plan.Parts)
            if (part.Part.Note is { } note) yield return $"{part.Part.Name}: {note}";
        foreach (PlannedPart part in plan.Parts.Where(part => part.Part.Terminals.Any(IsExternal)))
            yield return $"{part.Part.Name}, beside the board: {string.Join("; ", part.Part.Terminals.Where(IsExternal).Select(end => $"{end.Name}, {end.Note}"))}.";
        foreach (PlannedPart part in plan.Parts.Where(part => part.IsDivider))
        {
            yield return $"The divider: {Resistors.Text(part.SeriesOhms)} from in to out, {Resistors.Text(part.GroundOhms)} from out to ground; " +
                $"{part.Part.Source}.";
        }
        PlannedPart? light = plan.Parts.FirstOrDefault(part => part.Part.ForwardMillivolts != null);
        if (light == null) yield break;
        double volts = plan.Board.LogicMillivolts / 1000.0, forward = light.Part.ForwardMillivolts!.Value / 1000.0;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"A resistor of {Resistors.Text(light.SeriesOhms)} goes before the light, never none: ({volts:0.0} V - {forward:0.0} V) / ") +
            string.Create(CultureInfo.InvariantCulture, $"{Resistors.Text(light.SeriesOhms)} = {plan.LightCurrent():0.0} mA, ") +
            string.Create(CultureInfo.InvariantCulture,
            $"with the relay's input {WiringRules.AlarmMilliamps(plan):0.0} mA; a pin gives {plan.Board.PinMilliamps} mA.");
    }

    private static bool IsExternal(WiringTerminal terminal) => terminal.Signal == WireSignal.External;

    /// <summary>Writes the page.</summary>
    /// <param name="plan">A wiring without conflicts.</param>
    /// <returns>Markdown; the picture stands beside it with the same name.</returns>
    public static string Write(WiringPlan plan)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"# {plan.Example.Title}: {plan.Board.Name}\n\n{plan.Example.Purpose}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"![Wiring]({plan.Example.Id}.svg)\n\n");
        page.Append("| wire | board | part | terminal | colour |\n|---|---|---|---|---|\n");
        foreach (WiringRow row in Rows(plan))
            page.Append(CultureInfo.InvariantCulture, $"| {row.Wire} | {row.Place} | {row.Part} | {row.Terminal} | {row.Colour} |\n");
        page.Append(CultureInfo.InvariantCulture, $"\nSettings: {string.Join("; ", Settings(plan))}.\n\n");
        foreach (string care in Cares(plan)) page.Append(CultureInfo.InvariantCulture, $"- {care}\n");
        page.Append(CultureInfo.InvariantCulture,
            $"\nWritten by `edgernn wiring {plan.Board.Id} {plan.Example.Id}` from [the data](../README.md); ");
        page.Append("not built and tried on hardware.\n");
        return page.ToString();
    }
}
