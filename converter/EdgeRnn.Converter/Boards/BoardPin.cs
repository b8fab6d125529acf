namespace EdgeRnn.Converter.Boards;

/// <summary>A pin of a board: a signal, a supply, a ground, or a pin with another task.</summary>
public sealed record BoardPin
{
    /// <summary>Where it is, as the board's documents count; null where it is on no header.</summary>
    public string? Header { get; init; }

    /// <summary>What is printed beside it.</summary>
    public required string Name { get; init; }

    /// <summary>Its number, as the processor counts and programs open it; null where it is no signal.</summary>
    public int? Gpio { get; init; }

    /// <summary>Its directions.</summary>
    public PinUse Can { get; init; }

    /// <summary>The converter and channel that measure it, such as `adc1-3`; null where none does.</summary>
    public string? Adc { get; init; }

    /// <summary>Whether it may be used.</summary>
    public PinRating Rating { get; init; }

    /// <summary>What a user has to know; null where there is nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The supply it carries, one of <see cref="BoardDescription.Supplies"/>; null where it carries none.</summary>
    public string? Supply { get; init; }

    /// <summary>Whether it is ground.</summary>
    public bool Ground { get; init; }
}
