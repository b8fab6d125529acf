namespace EdgeRnn.Converter.Import.Containers;

/// <summary>The name of a Python function or class. Nothing is ever looked up or called by it.</summary>
/// <param name="Module">Its module.</param>
/// <param name="Name">Its name in the module.</param>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => SourceText.Show($"{Module}.{Name}");
}
