using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>The headers of a board, every pin where it lies, those a wiring uses in the colours of their wires.</summary>
internal sealed class HeaderPicture
{
    private const int RowHeight = 15;
    private const int HeadHeight = 30;
    private const int TextWidth = 84;
    private const int Pad = 8;
    private const int EdgeGap = 46;
    private const int PairGap = 4;
    private const int Margin = 12;

    private readonly string _name;
    private readonly (BoardPin Pin, string? Colour)[] _left;
    private readonly (BoardPin Pin, string? Colour)[] _right;
    private readonly int _gap;
    private readonly bool _isByName;

    public HeaderPicture(WiringPlan plan)
    {
        BoardPin[] pins = [.. plan.Board.Pins.Where(pin => pin.Header != null)];
        int half = plan.Board.Headers == HeaderShape.Rows ? Split(pins) : pins.Length / 2;
        (BoardPin[] left, BoardPin[] right) = plan.Board.Headers switch
        {
            HeaderShape.Pairs => (pins.Where((_, i) => i % 2 == 0).ToArray(), pins.Where((_, i) => i % 2 == 1).ToArray()),
            HeaderShape.Dip => (pins[..half], [.. pins[half..].Reverse()]),
            HeaderShape.Names => (pins[..((pins.Length + 1) / 2)], pins[((pins.Length + 1) / 2)..]),
            _ => (pins[..half], pins[half..]),
        };
        Dictionary<BoardPin, string> colours = plan.Wires.Where(wire => wire.Pin != null)
            .ToDictionary(wire => wire.Pin!, wire => WireColour.Of(wire, plan.Board).Code);
        _left = [.. left.Select(pin => (pin, colours.GetValueOrDefault(pin)))];
        _right = [.. right.Select(pin => (pin, colours.GetValueOrDefault(pin)))];
        _name = plan.Board.Name;
        _isByName = plan.Board.Headers == HeaderShape.Names;
        _gap = plan.Board.Headers == HeaderShape.Pairs ? PairGap : EdgeGap;
    }

    /// <summary>How wide it is.</summary>
    public int Width => 2 * (Margin + TextWidth + Pad) + _gap;

    /// <summary>How high it is.</summary>
    public int Height => HeadHeight + Math.Max(_left.Length, _right.Length) * RowHeight + Margin + (_isByName ? RowHeight : 0);

    /// <summary>Draws it.</summary>
    /// <param name="svg">Where.</param>
    /// <param name="x">Its left edge.</param>
    /// <param name="y">Its top.</param>
    /// <param name="room">Height of the board around it.</param>
    public void Draw(SvgText svg, int x, int y, int room)
    {
        svg.Text("class=\"b\"", x + Margin, y + 20, _name);
        if (_isByName) svg.Text("class=\"p\"", x + Margin, y + room - 10, "Pins by the names printed beside them, not as they lie.");
        int top = y + HeadHeight + (room - Height) / 2, left = x + Margin + TextWidth, right = left + Pad + _gap;
        string free = "";
        foreach ((int column, (BoardPin, string?)[] pins) in new[] { (left, _left), (right, _right) })
        {
            svg.Open($"class=\"{(column == left ? "p e" : "p")}\"");
            for (int i = 0; i < pins.Length; i++)
            {
                (BoardPin pin, string? colour) = pins[i];
                int at = top + i * RowHeight;
                string place = pin.Header == pin.Name ? pin.Name : column == left ? $"{pin.Name} {pin.Header}" : $"{pin.Header} {pin.Name}";
                int textAt = column == left ? column - 5 : column + Pad + 5;
                if (colour == null) free += $"M{column} {at}h{Pad}v{Pad}h-{Pad}z";
                else svg.Box($"fill=\"{colour}\"", column - 1, at - 1, Pad + 2, Pad + 2);
                svg.Text(colour == null ? "" : $"class=\"b\" style=\"fill:{colour}\"", textAt, at + Pad, place);
            }
            svg.Close();
        }
        svg.Path("fill=\"#cbd2d9\"", free);
    }

    // Rows are told apart by the header's name; what has none is split in the middle.
    private static int Split(BoardPin[] pins)
    {
        string[] names = [.. pins.Select(pin => pin.Header!.Contains('-', StringComparison.Ordinal) ? pin.Header.Split('-')[0] : "")];
        int middle = (pins.Length + 1) / 2;
        int[] borders = [.. Enumerable.Range(1, pins.Length - 1).Where(i => names[i] != names[i - 1])];
        return borders.Length == 0 ? middle : borders.MinBy(border => Math.Abs(border - middle));
    }
}
