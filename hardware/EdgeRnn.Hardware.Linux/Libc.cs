using System.Runtime.InteropServices;

namespace EdgeRnn.Hardware.Linux;

// What .NET does not offer of Linux: waiting for a moment, and bringing a folder's entries to the medium.
internal static partial class Libc
{
    public const int Interrupted = 4; // EINTR

    private const int ClockMonotonic = 1;
    private const int AbsoluteTime = 1;    // TIMER_ABSTIME
    private const int ReadOnly = 0;
    private const long NanosPerMicro = 1000, MicrosPerSecond = 1_000_000;

    // Until a moment on CLOCK_MONOTONIC; gives the system's error number.
    public static int SleepUntil(long deadlineMicros)
    {
        TimeSpec deadline = new()
        {
            Seconds = (nint)(deadlineMicros / MicrosPerSecond),
            Nanos = (nint)(deadlineMicros % MicrosPerSecond * NanosPerMicro),
        };
        return ClockNanosleep(ClockMonotonic, AbsoluteTime, in deadline, 0);
    }

    // Whether a folder's entries have reached the medium.
    public static bool SyncFolder(string path)
    {
        int folder = Open(path, ReadOnly);
        if (folder < 0) return false;
        bool done = Sync(folder) == 0;
        return Close(folder) == 0 && done;
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockNanosleep(int clock, int flags, in TimeSpec request, nint remaining);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanos;
    }
}
