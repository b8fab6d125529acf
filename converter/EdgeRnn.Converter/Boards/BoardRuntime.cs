namespace EdgeRnn.Converter.Boards;

/// <summary>What runs programs on a board.</summary>
public enum BoardRuntime
{
    /// <summary>.NET nanoFramework 1.x, an interpreter.</summary>
    NanoFramework,

    /// <summary>.NET on Linux.</summary>
    Dotnet,
}
