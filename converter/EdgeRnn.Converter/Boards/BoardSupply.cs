namespace EdgeRnn.Converter.Boards;

/// <summary>A supply on a board's headers.</summary>
/// <param name="Name">What is printed beside it.</param>
/// <param name="Millivolts">Its voltage.</param>
/// <param name="Milliamps">What it can give to what is wired to it; an estimate where the board's sources do not say.</param>
public sealed record BoardSupply(string Name, int Millivolts, int Milliamps);
