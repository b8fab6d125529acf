namespace EdgeRnn.Hardware;

/// <summary>
/// How a transfer on a bus ended. The numbers are stable: devices report them, and <see cref="SensorStatus"/> contains them, so that
/// a driver hands on what its bus said.
/// </summary>
public static class BusStatus
{
    /// <summary>Every byte was transferred.</summary>
    public const int Ok = 0;

    /// <summary>No device acknowledged its address, or it stopped acknowledging.</summary>
    public const int NoAnswer = 16;

    /// <summary>Fewer bytes were transferred than asked for.</summary>
    public const int ShortTransfer = 17;

    /// <summary>The bus was held too long.</summary>
    public const int Timeout = 18;

    /// <summary>The bus or its driver failed in another way.</summary>
    public const int Failed = 19;

    /// <summary>The code in words, with what to do.</summary>
    /// <param name="code">One of the constants; any other reads as <see cref="Failed"/>.</param>
    public static string Describe(int code)
    {
        switch (code)
        {
            case Ok: return "bus ok";
            case NoAnswer: return "no device answers at this address; check power, wiring, pull-ups and the address pins";
            case ShortTransfer: return "fewer bytes came than asked for; check the wiring and lower the bus speed";
            case Timeout: return "the bus was held too long; switch the device off and on, and check for a short circuit";
            default: return "the bus failed; check that it is enabled and that no other program uses it";
        }
    }
}
