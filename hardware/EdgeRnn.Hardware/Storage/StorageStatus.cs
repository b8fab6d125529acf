namespace EdgeRnn.Hardware;

/// <summary>How reading or writing storage ended: negative, so that lengths and codes share a number.</summary>
public static class StorageStatus
{
    /// <summary>Everything was written.</summary>
    public const int Ok = 0;

    /// <summary>Nothing was ever stored there.</summary>
    public const int Missing = -1;

    /// <summary>What is stored is longer than the buffer.</summary>
    public const int TooLong = -2;

    /// <summary>There is no room.</summary>
    public const int Full = -3;

    /// <summary>The storage failed, or may not be written.</summary>
    public const int Failed = -4;

    /// <summary>What is stored is damaged, or was never written to its end.</summary>
    public const int Damaged = -5;

    /// <summary>The code in words, with what to do.</summary>
    /// <param name="code">One of the constants; any other negative number reads as <see cref="Failed"/>.</param>
    public static string Describe(int code)
    {
        if (code >= Ok) return "storage ok";
        switch (code)
        {
            case Missing: return "nothing is stored there yet";
            case TooLong: return "what is stored is longer than expected; it is of another program, remove it";
            case Full: return "the storage is full; remove what is not needed";
            case Damaged: return "what is stored is damaged or was not written to its end";
            default: return "the storage failed; check that it is mounted and may be written";
        }
    }
}
