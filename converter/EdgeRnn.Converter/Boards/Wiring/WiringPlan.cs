using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>An example on a board: which pin goes where. Whether it may be built so is for <see cref="WiringRules"/> to say.</summary>
public sealed class WiringPlan
{
    /// <summary>What a light gets where the pin gives enough, in milliamps.</summary>
    private const double LightMilliamps = 4;

    private static readonly (WireSignal Signal, string Name)[] _signals =
    [
        (WireSignal.Sda, "SDA"), (WireSignal.Scl, "SCL"), (WireSignal.Sck, "SCK"), (WireSignal.Mosi, "MOSI"), (WireSignal.Miso, "MISO"),
        (WireSignal.Select, "CS"), (WireSignal.Trigger, "trigger"), (WireSignal.Input, "input"), (WireSignal.Alarm, "alarm"),
    ];

    private WiringPlan(BoardDescription board, WiringExample example, IReadOnlyList<PlannedPart> parts, IReadOnlyList<Wire> wires)
    {
        Board = board;
        Example = example;
        Parts = parts;
        Wires = wires;
    }

    /// <summary>The board.</summary>
    public BoardDescription Board { get; }

    /// <summary>The example.</summary>
    public WiringExample Example { get; }

    /// <summary>Its parts, with what was added for this board.</summary>
    public IReadOnlyList<PlannedPart> Parts { get; }

    /// <summary>Its wires: supplies, ground, signals, then those between parts.</summary>
    public IReadOnlyList<Wire> Wires { get; }

    /// <summary>Plans an example.</summary>
    /// <param name="board">The board.</param>
    /// <param name="example">The example.</param>
    /// <param name="parts">Its parts, the sensor first.</param>
    public static WiringPlan Of(BoardDescription board, WiringExample example, IEnumerable<WiringPart> parts)
    {
        List<PlannedPart> planned = [];
        List<WiringPart> all = [.. parts];
        double taken = all.Sum(part => part.InputMilliamps);
        foreach (WiringPart part in all)
        {
            planned.Add(Supplied(board, part, taken));
            foreach (WiringTerminal terminal in part.Terminals)
                if (NeedsDivider(board, terminal)) planned.Add(Divider(board, part, terminal));
        }
        return new WiringPlan(board, example, planned, [.. Connect(board, planned)]);
    }

    /// <summary>What a terminal gives as a high level, in millivolts.</summary>
    /// <param name="end">Where it is.</param>
    public static int HighMillivolts(WireEnd end) => end.Terminal.HighMillivolts ?? end.Part.Supply?.Millivolts ?? 0;

    /// <summary>What the light of a plan takes from the pin, in milliamps; 0 where there is none.</summary>
    public double LightCurrent() => Parts.Where(part => part.Part.ForwardMillivolts != null)
        .Sum(part => (double)(Board.LogicMillivolts - part.Part.ForwardMillivolts!.Value) / part.SeriesOhms);

    private static PlannedPart Supplied(BoardDescription board, WiringPart part, double taken)
    {
        BoardSupply? supply = part.LeastMillivolts == 0 ? null : board.Supplies.OrderBy(candidate => candidate.Millivolts)
            .FirstOrDefault(candidate => candidate.Millivolts >= part.LeastMillivolts && candidate.Millivolts <= part.MostMillivolts);
        if (part.ForwardMillivolts is not { } forward) return new PlannedPart(part, supply);
        double left = board.PinMilliamps - taken;
        double milliamps = left > 0 && left < LightMilliamps ? left : LightMilliamps;
        return new PlannedPart(part, supply, Resistors.ForLight(board.LogicMillivolts, forward, milliamps));
    }

    private static bool NeedsDivider(BoardDescription board, WiringTerminal terminal) =>
        terminal.Divider && terminal.HighMillivolts > board.LogicMillivolts;

    private static PlannedPart Divider(BoardDescription board, WiringPart part, WiringTerminal terminal)
    {
        int ohms = Resistors.ForDivider(terminal.HighMillivolts!.Value, board.LogicMillivolts);
        int left = (int)Resistors.Divided(terminal.HighMillivolts.Value, ohms, Resistors.DividerOhms);
        WiringPart divider = new()
        {
            Id = $"{part.Id}-divider",
            Name = $"Divider {Resistors.Text(ohms)} and {Resistors.Text(Resistors.DividerOhms)}",
            Terminals =
            [
                new WiringTerminal("in", WireSignal.Divided),
                new WiringTerminal("out", WireSignal.Input, left),
                new WiringTerminal("ground", WireSignal.Ground),
            ],
            Source = $"{terminal.HighMillivolts} mV x {Resistors.DividerOhms} / ({ohms} + {Resistors.DividerOhms}) = {left} mV",
        };
        return new PlannedPart(divider, null, ohms, Resistors.DividerOhms);
    }

    private static IEnumerable<Wire> Connect(BoardDescription board, List<PlannedPart> parts)
    {
        foreach (BoardSupply supply in board.Supplies)
        {
            WireEnd[] ends = [.. Ends(board, parts, WireSignal.Supply).Where(end => end.Part.Supply == supply)];
            BoardPin? pin = board.Pins.FirstOrDefault(candidate => candidate.Supply == supply.Name);
            if (ends.Length > 0) yield return new Wire(supply.Name, WireSignal.Supply, pin, null, ends);
        }
        WireEnd[] grounds = [.. Ends(board, parts, WireSignal.Ground)];
        if (grounds.Length > 0)
            yield return new Wire("GND", WireSignal.Ground, board.Pins.FirstOrDefault(candidate => candidate.Ground), null, grounds);
        foreach ((WireSignal signal, string name) in _signals)
        {
            WireEnd[] ends = [.. Ends(board, parts, signal)];
            int gpio = Gpio(board.Roles, signal);
            if (ends.Length > 0) yield return new Wire(name, signal, board.Pin(gpio), gpio, ends);
        }
        WireEnd[] divided = [.. Ends(board, parts, WireSignal.Divided)];
        if (divided.Length > 0) yield return new Wire("undivided", WireSignal.Divided, null, null, divided);
    }

    // A terminal with a divider ends at the divider; what the board reads is the divider's other side.
    private static IEnumerable<WireEnd> Ends(BoardDescription board, List<PlannedPart> parts, WireSignal signal) =>
        from part in parts
        from terminal in part.Part.Terminals
        where (NeedsDivider(board, terminal) ? WireSignal.Divided : terminal.Signal) == signal
        select new WireEnd(part, terminal);

    private static int Gpio(BoardRoles roles, WireSignal signal) => signal switch
    {
        WireSignal.Sda => roles.Sda,
        WireSignal.Scl => roles.Scl,
        WireSignal.Sck => roles.Sck,
        WireSignal.Miso => roles.Miso,
        WireSignal.Mosi => roles.Mosi,
        WireSignal.Select => roles.Select,
        WireSignal.Input => roles.Input,
        WireSignal.Trigger => roles.Trigger,
        _ => roles.Alarm,
    };
}
