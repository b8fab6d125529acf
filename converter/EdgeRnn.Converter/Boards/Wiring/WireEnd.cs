namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>Where a wire ends at a part.</summary>
/// <param name="Part">The part.</param>
/// <param name="Terminal">One of its terminals.</param>
public sealed record WireEnd(PlannedPart Part, WiringTerminal Terminal);
