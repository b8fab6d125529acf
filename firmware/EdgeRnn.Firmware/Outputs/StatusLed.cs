using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware;

/// <summary>
/// Shows on one light what the device is doing. The patterns are in the README of this folder; each is a number of ticks of
/// <see cref="TickMicros"/>, the lowest bit first, and repeats.
/// </summary>
public sealed class StatusLed
{
    /// <summary>Time of one bit of a pattern, in microseconds.</summary>
    public const int TickMicros = 125_000;

    private const int PatternTicks = 16;
    private const int SlowBlink = 0x00FF;  // warming up
    private const int Blink = 0x0F0F;      // learning what is normal
    private const int Blip = 0x0001;       // watching
    private const int On = 0xFFFF;         // alarm
    private const int DoubleFlash = 0x0005; // sensor fault
    private const int Flicker = 0x5555;    // the start failed

    private readonly IDigitalOutput _pin;
    private readonly bool _isActiveLow;

    /// <summary>A light.</summary>
    /// <param name="pin">The pin; not owned.</param>
    /// <param name="isActiveLow">True where the low level lights it, as on many boards.</param>
    public StatusLed(IDigitalOutput pin, bool isActiveLow = false)
    {
        _pin = pin;
        _isActiveLow = isActiveLow;
    }

    /// <summary>Brings the light to what a state's pattern says now.</summary>
    /// <param name="state">What the detector is doing.</param>
    /// <param name="nowMicros">Any clock that goes forward.</param>
    /// <returns>A <see cref="BusStatus"/>.</returns>
    public int Update(DetectorState state, long nowMicros) => Show(PatternOf(state), nowMicros);

    /// <summary>As <see cref="Update"/>, with the pattern of a start that failed.</summary>
    /// <param name="nowMicros">Any clock that goes forward.</param>
    /// <returns>A <see cref="BusStatus"/>.</returns>
    public int ShowFailure(long nowMicros) => Show(Flicker, nowMicros);

    private int Show(int pattern, long nowMicros)
    {
        int tick = (int)(nowMicros / TickMicros % PatternTicks);
        return _pin.Write(((pattern >> tick) & 1) != 0 != _isActiveLow);
    }

    private static int PatternOf(DetectorState state)
    {
        switch (state)
        {
            case DetectorState.WarmingUp: return SlowBlink;
            case DetectorState.Calibrating: return Blink;
            case DetectorState.Ready: return Blip;
            case DetectorState.Alarm: return On;
            default: return DoubleFlash;
        }
    }
}
