using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>A part in a picture: a box with its terminals at the left, and what does not belong to the board at the right.</summary>
internal sealed class PartPicture
{
    private const int Pad = 8;

    private readonly int _left;
    private readonly int _top;
    private readonly int _width;
    private readonly int _head;
    private readonly int _grid;
    private readonly WiringTerminal[] _wired;
    private readonly WiringTerminal[] _external;

    public PartPicture(PlannedPart part, int left, int top, int width, int head, int grid)
    {
        Part = part;
        (_left, _top, _width, _head, _grid) = (left, top, width, head, grid);
        _wired = [.. part.Part.Terminals.Where(terminal => terminal.Signal != WireSignal.External)];
        _external = [.. part.Part.Terminals.Where(terminal => terminal.Signal == WireSignal.External)];
    }

    /// <summary>The part.</summary>
    public PlannedPart Part { get; }

    /// <summary>Its lower edge.</summary>
    public int Bottom => _top + _head + (Math.Max(_wired.Length, _external.Length) - 1) * _grid + 14;

    /// <summary>The height of a terminal.</summary>
    public int Height(WiringTerminal terminal) => _top + _head +
        Math.Max(Array.IndexOf(_wired, terminal), Array.IndexOf(_external, terminal)) * _grid;

    /// <summary>Draws the box.</summary>
    public void DrawBody(SvgText svg)
    {
        svg.Box("class=\"w\"", _left, _top, _width, Bottom - _top, 6);
        svg.Text("class=\"b\"", _left + 10, _top + 16, Part.Part.Name);
        if (Part.IsDivider) DrawDivider(svg);
        else if (Part.SeriesOhms > 0) DrawLight(svg);
    }

    /// <summary>Draws the terminals, over the wires that end at them.</summary>
    public void DrawTerminals(SvgText svg, WiringPlan plan)
    {
        foreach (WiringTerminal terminal in _wired)
        {
            int y = Height(terminal);
            Wire? wire = plan.Wires.FirstOrDefault(wire => wire.Ends.Any(end => end.Part == Part && end.Terminal == terminal));
            string colour = wire == null ? "#cbd2d9" : WireColour.Of(wire, plan.Board).Code;
            svg.Box($"fill=\"{colour}\"", _left - Pad / 2, y - Pad / 2, Pad, Pad);
            svg.Text(wire == null ? "class=\"f\"" : "", _left + 10, y + 4, Words(terminal, wire == null));
        }
        foreach (WiringTerminal terminal in _external)
        {
            int y = Height(terminal), right = _left + _width;
            svg.Box("fill=\"#52606d\"", right - Pad / 2, y - Pad / 2, Pad, Pad);
            svg.Path("class=\"s\"", $"M{right} {y}h18");
            svg.Text("class=\"e\"", right - 10, y + 4, terminal.Name);
            svg.Text("class=\"f\"", right + 22, y + 4, terminal.Note ?? "");
        }
    }

    private static string Words(WiringTerminal terminal, bool isOpen)
    {
        List<string> notes = [];
        if (terminal.Note != null) notes.Add(terminal.Note);
        if (isOpen) notes.Add("open");
        return notes.Count == 0 ? terminal.Name : $"{terminal.Name}  ({string.Join(", ", notes)})";
    }

    // From + through the resistor, down through the light, back to the cathode.
    private void DrawLight(SvgText svg)
    {
        int plus = _top + _head, minus = plus + _grid, x = _left + 84, light = _left + 186, middle = (plus + minus) / 2;
        svg.Path("class=\"s\"",
            $"M{_left + 22} {plus}H{x}M{x + 52} {plus}H{light}V{middle - 5}M{light} {middle + 5}V{minus}H{_left + 84}");
        svg.Box("class=\"w\"", x, plus - 8, 52, 16);
        svg.Text("class=\"m\"", x + 26, plus + 4, Resistors.Text(Part.SeriesOhms));
        svg.Path("fill=\"#c62828\"", $"M{light - 7} {middle - 5}h14l-7 10z");
        svg.Path("class=\"s\"",
            $"M{light - 7} {middle + 5}h14M{light + 9} {middle - 3}l6 -5m-3 0h3v3M{light + 11} {middle + 3}l6 -5m-3 0h3v3");
    }

    // Two resistors below each other, the board's input between them.
    private void DrawDivider(SvgText svg)
    {
        int top = _top + _head, x = _left + 132;
        svg.Path("class=\"s\"", $"M{_left + 28} {top}H{x}V{top + 2 * _grid}H{_left + 54}M{_left + 34} {top + _grid}H{x}");
        for (int i = 0; i < 2; i++)
        {
            svg.Box("class=\"w\"", x - 6, top + i * _grid + 3, 12, 16);
            svg.Text("", x + 12, top + i * _grid + 15, Resistors.Text(i == 0 ? Part.SeriesOhms : Part.GroundOhms));
        }
        svg.Dot("#52606d", x, top + _grid);
    }
}
