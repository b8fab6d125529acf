namespace EdgeRnn.Firmware;

/// <summary>How a <see cref="DeviceStart"/> ended. The numbers are stable: devices report them.</summary>
public static class StartStatus
{
    /// <summary>The detector may run.</summary>
    public const int Ready = 0;

    /// <summary>The model file was refused.</summary>
    public const int BadModel = 1;

    /// <summary>The file's golden steps did not come out as they should.</summary>
    public const int SelfTestFailed = 2;

    /// <summary>The model does not say how to make an alarm of its answers, or not for this kind of sample.</summary>
    public const int NoDetector = 3;
}
