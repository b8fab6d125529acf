namespace EdgeRnn.Hardware;

/// <summary>
/// What a sensor says of a sample, or of its start. Those of <see cref="BusStatus"/> belong to it, with their numbers. The numbers are
/// stable: devices report them.
/// </summary>
public static class SensorStatus
{
    /// <summary>A sample was read; of a start: the sensor is ready.</summary>
    public const int Ok = 0;

    /// <summary>No sample has been measured since the last one; nothing is wrong.</summary>
    public const int NoSample = 1;

    /// <summary>The device's buffer overflowed and samples are gone; it was emptied, and reading goes on with the next ones.</summary>
    public const int Overflow = 2;

    /// <summary>The sensor was not started, or its start failed.</summary>
    public const int NotStarted = 3;

    /// <summary>Another device answers: its identity register holds another number.</summary>
    public const int WrongDevice = 4;

    /// <summary>The device does not keep the settings that were written to it, or has lost them: it was without power.</summary>
    public const int LostSettings = 5;

    /// <summary>The device says itself that the reading is not valid, or no echo came.</summary>
    public const int BadReading = 6;

    /// <summary>Whether a code is one of <see cref="BusStatus"/> and no success.</summary>
    /// <param name="code">A status.</param>
    public static bool IsBusFault(int code) => code >= BusStatus.NoAnswer;

    /// <summary>The code in words, with what to do.</summary>
    /// <param name="code">A status.</param>
    public static string Describe(int code)
    {
        switch (code)
        {
            case Ok: return "ok";
            case NoSample: return "no sample yet";
            case Overflow: return "samples were lost: the device's buffer was not emptied in time; lower the rate or shorten the turn";
            case NotStarted: return "the sensor was not started";
            case WrongDevice: return "another device answers at this address; check the part and its address";
            case LostSettings: return "the device lost its settings; check its power";
            case BadReading: return "the device gave no valid reading; check what it measures and its range";
            default: return BusStatus.Describe(code);
        }
    }
}
