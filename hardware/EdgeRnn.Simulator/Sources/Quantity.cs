namespace EdgeRnn.Simulator;

/// <summary>Something that can be measured.</summary>
/// <param name="Name">Its name, as <c>ax</c>.</param>
/// <param name="Unit">Its unit, as <c>m/s2</c>; empty where it has none or nobody knows it.</param>
public sealed record Quantity(string Name, string Unit);
