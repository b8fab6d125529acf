namespace EdgeRnn.Converter.Import;

/// <summary>
/// Bounds on what a file of tensors may ask for; far above any model for a device, far below what hurts a desktop.
/// </summary>
internal static class ContainerLimits
{
    /// <summary>Bytes of one file, and of all .npy files of a folder together.</summary>
    public const long MaxFileBytes = 1L << 28;

    /// <summary>Bytes of a JSON file.</summary>
    public const long MaxJsonBytes = 1L << 26;

    /// <summary>Elements of one tensor and of all tensors of a container together.</summary>
    public const long MaxElements = 1L << 26;

    /// <summary>Tensors in one container.</summary>
    public const int MaxTensors = 65_536;

    /// <summary>Texts and numbers beside the tensors.</summary>
    public const int MaxAttributes = 65_536;

    /// <summary>Characters of one name.</summary>
    public const int MaxNameLength = 1024;

    /// <summary>Axes of one tensor.</summary>
    public const int MaxRank = 8;

    /// <summary>Levels of nesting in JSON.</summary>
    public const int MaxJsonDepth = 32;
}
