namespace EdgeRnn.Converter.Evaluate;

/// <summary>One recording of a SKAB folder.</summary>
/// <param name="Name">Folder and number, such as <c>valve1/0</c>, as in the published tables.</param>
/// <param name="Path">The .csv.</param>
public sealed record SkabFile(string Name, string Path);
