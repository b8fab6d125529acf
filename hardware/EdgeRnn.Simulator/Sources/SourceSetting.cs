namespace EdgeRnn.Simulator;

/// <summary>A number by which a source is set, at its creation and while it runs.</summary>
/// <param name="Name">Its name, as <c>load</c>.</param>
/// <param name="Unit">Its unit; empty where it has none.</param>
/// <param name="Usual">What it is where nobody sets it.</param>
/// <param name="Least">The least it can be.</param>
/// <param name="Most">The most it can be.</param>
public sealed record SourceSetting(string Name, string Unit, double Usual, double Least, double Most);
