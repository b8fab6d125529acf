namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>A part as one board supplies it.</summary>
/// <param name="Part">The part.</param>
/// <param name="Supply">The supply it is on; null where it needs none, or the board has none that fits.</param>
/// <param name="SeriesOhms">Resistor before a light, or the upper one of a divider; 0 where there is none.</param>
/// <param name="GroundOhms">The lower resistor of a divider; 0 where there is none.</param>
public sealed record PlannedPart(WiringPart Part, BoardSupply? Supply, int SeriesOhms = 0, int GroundOhms = 0)
{
    /// <summary>Whether it was added to bring a level down.</summary>
    public bool IsDivider => GroundOhms > 0;
}
