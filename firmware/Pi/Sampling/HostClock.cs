using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Pi;

/// <summary>A board's clock whose long waits end early where the service is asked to stop.</summary>
/// <param name="clock">The board's.</param>
internal sealed class HostClock(IClock clock) : IClock
{
    private const long LongestWaitMicros = 100_000;

    private volatile bool _isStopping;

    /// <inheritdoc/>
    public long NowMicros => clock.NowMicros;

    /// <summary>Has waits end. May be called on any thread.</summary>
    public void Stop() => _isStopping = true;

    /// <inheritdoc/>
    public void SleepUntil(long deadlineMicros)
    {
        while (!_isStopping && deadlineMicros - clock.NowMicros > LongestWaitMicros) clock.SleepUntil(clock.NowMicros + LongestWaitMicros);
        if (!_isStopping) clock.SleepUntil(deadlineMicros);
    }
}
