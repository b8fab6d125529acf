namespace EdgeRnn.Simulator;

/// <summary>What became of an expectation.</summary>
/// <param name="Text">The expectation, in the words of the scenario.</param>
/// <param name="Met">Whether it was met; null: not decided yet.</param>
/// <param name="Why">Why, as <c>at 62.31 s</c>; empty while it is not decided.</param>
public sealed record Verdict(string Text, bool? Met, string Why);
