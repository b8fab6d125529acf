namespace EdgeRnn.Converter.Import.Containers;

/// <summary>The raw elements a tensor looks at: a file of the archive.</summary>
/// <param name="TypeName">FloatStorage and so on.</param>
/// <param name="Key">The name of the file below data/.</param>
/// <param name="Count">Elements in it, as declared.</param>
internal sealed record PickleStorage(string TypeName, string Key, long Count);
