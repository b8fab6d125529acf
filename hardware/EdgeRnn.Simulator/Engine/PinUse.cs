namespace EdgeRnn.Simulator;

/// <summary>A pin of the board and how what hangs on it is switched.</summary>
/// <param name="Number">The pin.</param>
/// <param name="IsActiveLow">Whether the low level is on: lit, alarm, pressed.</param>
public sealed record PinUse(int Number, bool IsActiveLow);
