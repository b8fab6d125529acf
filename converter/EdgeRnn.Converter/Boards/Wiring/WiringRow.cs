namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>One connection in a table.</summary>
/// <param name="Wire">What the wire carries.</param>
/// <param name="Header">Where on the board it begins; empty between parts.</param>
/// <param name="Pin">The pin's name; empty between parts.</param>
/// <param name="Gpio">The pin's number; null for supplies, grounds and between parts.</param>
/// <param name="Part">The part.</param>
/// <param name="Terminal">The terminal.</param>
/// <param name="Colour">The wire's colour.</param>
public sealed record WiringRow(string Wire, string Header, string Pin, int? Gpio, string Part, string Terminal, string Colour)
{
    /// <summary>Header and pin together.</summary>
    public string Place => Pin.Length == 0 ? "-" : Header == Pin || Header.Length == 0 ? Pin : $"{Header} ({Pin})";
}
