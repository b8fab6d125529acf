namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>A terminal of a part.</summary>
/// <param name="Name">What is printed beside it.</param>
/// <param name="Signal">What it is for.</param>
/// <param name="HighMillivolts">What it gives as a high level; null: the part's supply.</param>
/// <param name="Divider">Whether the level comes down to the board's through two resistors.</param>
/// <param name="Note">What to know about it.</param>
public sealed record WiringTerminal(string Name, WireSignal Signal, int? HighMillivolts = null, bool Divider = false, string? Note = null);
