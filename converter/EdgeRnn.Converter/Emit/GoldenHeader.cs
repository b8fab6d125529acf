namespace EdgeRnn.Converter.Emit;

/// <summary>What section gold begins with.</summary>
internal static class GoldenHeader
{
    /// <summary>Its length.</summary>
    public const int Bytes = 20;

    /// <summary>Writes it.</summary>
    public static void Write(ByteWriter writer, int kind, float tolerance, int stepCount, int numberCount, int checkCount)
    {
        writer.Byte(kind);
        writer.Zeros(3);
        writer.Single(tolerance);
        writer.Int32(stepCount);
        writer.Int32(numberCount);
        writer.Int32(checkCount);
    }
}
