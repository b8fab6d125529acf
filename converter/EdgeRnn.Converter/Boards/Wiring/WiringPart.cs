using System.Collections.Generic;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>A part that is wired to a board: a sensor, a light, a relay.</summary>
public sealed record WiringPart
{
    /// <summary>The name examples use.</summary>
    public required string Id { get; init; }

    /// <summary>What to buy.</summary>
    public required string Name { get; init; }

    /// <summary>Its terminals, in the order they are drawn.</summary>
    public required IReadOnlyList<WiringTerminal> Terminals { get; init; }

    /// <summary>The least supply it works with, in millivolts; 0 where it needs none.</summary>
    public int LeastMillivolts { get; init; }

    /// <summary>The most it stands, in millivolts.</summary>
    public int MostMillivolts { get; init; }

    /// <summary>The most it takes from its supply, in milliamps.</summary>
    public double Milliamps { get; init; }

    /// <summary>Its I2C address; null where it is not on that bus.</summary>
    public int? Address { get; init; }

    /// <summary>What its alarm terminal takes from the board's pin, in milliamps.</summary>
    public double InputMilliamps { get; init; }

    /// <summary>Voltage of a light-emitting diode that is on; null where it is none.</summary>
    public int? ForwardMillivolts { get; init; }

    /// <summary>What a user has to know.</summary>
    public string? Note { get; init; }

    /// <summary>Where its figures are from.</summary>
    public required string Source { get; init; }
}
