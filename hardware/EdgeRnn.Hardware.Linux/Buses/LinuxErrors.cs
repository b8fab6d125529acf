using System;
using System.IO;

namespace EdgeRnn.Hardware.Linux;

// What the exceptions of System.Device.Gpio and of the bindings mean. The library puts the system's error number into the text of an
// IOException, "Error 121 (Remote I/O error) performing I2C data transfer.", and nowhere else.
internal static class LinuxErrors
{
    private const string Mark = "Error ";

    // Numbers of Linux.
    private const int NoSuchDeviceOrAddress = 6, NoSuchDevice = 19, RemoteIo = 121;
    private const int TimedOut = 110, TimerExpired = 62;

    // withoutNumber: what an exception means that did not come from the bus.
    public static int StatusOf(Exception exception, int withoutNumber)
    {
        if (exception is TimeoutException) return BusStatus.Timeout;
        if (exception is not IOException) return withoutNumber;
        switch (NumberIn(exception.Message))
        {
            case 0: return withoutNumber;
            case NoSuchDeviceOrAddress or NoSuchDevice or RemoteIo: return BusStatus.NoAnswer;
            case TimedOut or TimerExpired: return BusStatus.Timeout;
            default: return BusStatus.Failed;
        }
    }

    // The system's error number in a message, or 0.
    public static int NumberIn(string message)
    {
        int start = message.IndexOf(Mark, StringComparison.Ordinal);
        if (start < 0) return 0;
        int end = start += Mark.Length;
        while (end < message.Length && char.IsAsciiDigit(message[end])) end++;
        return int.TryParse(message.AsSpan(start, end - start), out int number) ? number : 0;
    }

    // One line for a message to people.
    public static string Reason(Exception exception)
    {
        Exception cause = exception.GetBaseException();
        return cause is DllNotFoundException ? "not installed" : cause.Message.Split('\n')[0].Trim().TrimEnd('.');
    }
}
