namespace EdgeRnn.Converter.Boards;

/// <summary>Where a model can be on a board.</summary>
public enum ModelStorage
{
    /// <summary>In the program only, as a resource of at most 60,000 bytes: the firmware has no file system that programs reach.</summary>
    Embedded,

    /// <summary>In the program, or a file of the internal storage.</summary>
    Internal,

    /// <summary>A file.</summary>
    File,
}
