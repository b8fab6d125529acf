namespace EdgeRnn.Converter.Boards;

/// <summary>A firmware of nanoFramework.</summary>
/// <param name="Target">Its name, as `nanoff --target` takes it.</param>
/// <param name="For">The variants of the board it is for.</param>
/// <param name="Preview">Whether `nanoff` finds it with `--preview` only.</param>
public sealed record BoardFirmware(string Target, string For, bool Preview = false);
