using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>
/// A wiring as an SVG picture: the board with its headers at the left, the parts at the right, and every wire in its colour between them.
/// </summary>
public static class WiringPicture
{
    private const int Grid = 22;
    private const int Top = 66;
    private const int BoardLeft = 16;
    private const int TerminalsWidth = 118;
    private const int LaneWidth = 15;
    private const int PartWidth = 226;
    private const int PartHead = 33;
    private const int NotesWidth = 170;

    private const string Styles = "svg{font:11px system-ui,sans-serif;fill:#1f2933}.t{font-size:17px;font-weight:600}" +
        ".f{fill:#616e7c}.b{font-weight:600}.p{font-size:9.5px;fill:#52606d}.e{text-anchor:end}.m{text-anchor:middle}" +
        ".o{fill:#f5f7fa;stroke:#9aa5b1}.w{fill:#fff;stroke:#52606d}.s{fill:none;stroke:#52606d}.l{fill:none;stroke-width:2.2}";

    /// <summary>Draws a wiring.</summary>
    /// <param name="plan">A wiring without conflicts.</param>
    /// <returns>An SVG document.</returns>
    public static string Write(WiringPlan plan)
    {
        SvgText svg = new();
        HeaderPicture headers = new(plan);
        int boardRight = BoardLeft + headers.Width + TerminalsWidth;
        int partLeft = boardRight + (plan.Wires.Count + 2) * LaneWidth;
        List<PartPicture> parts = Place(plan, partLeft);
        Wire[] fromBoard = [.. plan.Wires.Where(wire => wire.Pin != null).OrderBy(wire => Heights(wire, parts).Average())];
        int partsBottom = parts[^1].Bottom, step = 2 * Grid;
        int boardHeight = Math.Max(headers.Height, Math.Max(fromBoard.Length * step, partsBottom - Top - Grid) / Grid * Grid);
        Dictionary<Wire, int> starts = [];
        int first = Top + Grid + (boardHeight - (fromBoard.Length - 1) * step - Grid) / 2 / Grid * Grid;
        foreach (Wire wire in fromBoard) starts[wire] = first + starts.Count * step;

        svg.Box("fill=\"#fff\"", 0, 0, partLeft + PartWidth + NotesWidth, Math.Max(Top + boardHeight, partsBottom) + Grid);
        svg.Text("class=\"t\"", BoardLeft, 28, $"{plan.Example.Title} on {plan.Board.Name}");
        svg.Text("class=\"f\"", BoardLeft, 47, "Switch the power off while wiring.");
        svg.Box("class=\"o\"", BoardLeft, Top, boardRight - BoardLeft, boardHeight, 8);
        headers.Draw(svg, BoardLeft, Top, boardHeight);
        foreach (PartPicture part in parts) part.DrawBody(svg);
        DrawWires(svg, plan, parts, starts, boardRight, partLeft);
        foreach (PartPicture part in parts) part.DrawTerminals(svg, plan);
        return svg.Document(partLeft + PartWidth + NotesWidth, Math.Max(Top + boardHeight, partsBottom) + Grid,
            $"{plan.Example.Title} on {plan.Board.Name}", Styles);
    }

    private static List<PartPicture> Place(WiringPlan plan, int left)
    {
        List<PartPicture> parts = [];
        int top = Top;
        foreach (PlannedPart part in plan.Parts)
        {
            PartPicture picture = new(part, left, top, PartWidth, PartHead, Grid);
            parts.Add(picture);
            top = Top + (picture.Bottom - Top + 2 * Grid - 8) / Grid * Grid;
        }
        return parts;
    }

    private static int[] Heights(Wire wire, List<PartPicture> parts) =>
        [.. wire.Ends.Select(end => parts.Single(part => part.Part == end.Part).Height(end.Terminal))];

    private static void DrawWires(SvgText svg, WiringPlan plan, List<PartPicture> parts, Dictionary<Wire, int> starts, int boardRight,
        int partLeft)
    {
        Wire[] wires = [.. plan.Wires];
        int[][] ends = [.. wires.Select(wire => Heights(wire, parts))];
        int?[] from = [.. wires.Select(wire => starts.TryGetValue(wire, out int start) ? start : (int?)null)];
        int[] lanes = WireRoutes.Lanes(from, ends);
        for (int i = 0; i < wires.Length; i++)
        {
            string colour = WireColour.Of(wires[i], plan.Board).Code;
            int lane = boardRight + (lanes[i] + 1) * LaneWidth + LaneWidth / 2;
            int[] heights = [.. ends[i].Concat(from[i] is { } at ? [at] : []).Order()];
            string path = $"M{lane} {heights[0]}V{heights[^1]}";
            if (from[i] is { } start)
            {
                path += $"M{boardRight} {start}H{lane}";
                svg.Box($"fill=\"{colour}\"", boardRight - 5, start - 5, 10, 10);
                BoardPin pin = wires[i].Pin!;
                svg.Text($"class=\"b e\" style=\"fill:{colour}\"", boardRight - 12, start - 1, wires[i].Name);
                svg.Text("class=\"p e\"", boardRight - 12, start + 11, pin.Header == pin.Name ? pin.Name : $"{pin.Header} {pin.Name}");
            }
            foreach (int height in ends[i]) path += $"M{lane} {height}H{partLeft}";
            svg.Path($"class=\"l\" stroke=\"{colour}\"", path);
            foreach (int height in heights.Skip(1).SkipLast(1)) svg.Dot(colour, lane, height);
        }
    }
}
