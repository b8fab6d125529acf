namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>Colours of wires, in pictures and tables.</summary>
internal static class WireColour
{
    /// <summary>The colour of a wire.</summary>
    /// <param name="wire">The wire.</param>
    /// <param name="board">Its board: a supply above the pins' level has a colour of its own.</param>
    public static (string Name, string Code) Of(Wire wire, BoardDescription board) => wire.Signal switch
    {
        WireSignal.Supply when wire.Ends[0].Part.Supply?.Millivolts > board.LogicMillivolts => ("orange", "#e65100"),
        WireSignal.Supply => ("red", "#c62828"),
        WireSignal.Ground => ("black", "#111111"),
        WireSignal.Sda or WireSignal.Input => ("blue", "#1565c0"),
        WireSignal.Scl or WireSignal.Divided => ("ochre", "#a67c00"),
        WireSignal.Sck => ("cyan", "#00838f"),
        WireSignal.Miso => ("violet", "#6a1b9a"),
        WireSignal.Mosi or WireSignal.Trigger => ("green", "#2e7d32"),
        WireSignal.Select => ("brown", "#6d4c41"),
        _ => ("pink", "#c2185b"),
    };
}
