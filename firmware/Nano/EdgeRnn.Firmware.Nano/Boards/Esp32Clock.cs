using EdgeRnn.Hardware;
using nanoFramework.Hardware.Esp32;

namespace EdgeRnn.Firmware.Nano;

/// <summary>The timer of ESP32 chips, in microseconds; waits are still whole milliseconds.</summary>
public sealed class Esp32Clock : IClock
{
    /// <inheritdoc/>
    public long NowMicros => (long)HighResTimer.GetCurrent();

    /// <inheritdoc/>
    public void SleepUntil(long deadlineMicros) => NanoClock.Wait(deadlineMicros - NowMicros);
}
