namespace EdgeRnn.Runtime;

/// <summary>What the elements of a tensor are, with the number each type has in an .ernn file.</summary>
internal static class ElementType
{
    public const int Float32 = 0;

    /// <summary>Biases, initial states: plain integers with the tensor's fraction bits.</summary>
    public const int Int32 = 1;

    /// <summary>Weights with a scale per row: [-32639, 32639], so that both bytes of a weight are signed bytes.</summary>
    public const int Int16 = 2;

    /// <summary>Weights with a scale per row: [-127, 127].</summary>
    public const int Int8 = 3;

    /// <summary>Weights with a scale per row and a multiplier per group of columns: [-7, 7], two in a byte.</summary>
    public const int Int4 = 4;

    /// <summary>Whether elements are multiplied by scales.</summary>
    public static bool IsScaled(int type) => type >= Int16;

    /// <summary>The words for a type in messages.</summary>
    public static string Name(int type)
    {
        switch (type)
        {
            case Float32: return "float32";
            case Int32: return "int32";
            case Int16: return "int16";
            case Int8: return "int8";
            default: return "int4";
        }
    }
}
