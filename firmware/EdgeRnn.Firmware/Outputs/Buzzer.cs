using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware;

/// <summary>
/// Beeps while there is an alarm that nobody has acknowledged: two short ones a second, the pattern in the README of this folder, as a
/// number of ticks of <see cref="TickMicros"/>, the lowest bit first. The first beep is at the alarm's begin; a loop whose turns are
/// longer than a tick is heard as longer beeps. For a buzzer that sounds by itself while its pin is on.
/// </summary>
public sealed class Buzzer
{
    /// <summary>Time of one bit of the pattern, in microseconds.</summary>
    public const int TickMicros = 125_000;

    /// <summary>
    /// An alarm that comes back within this time, in microseconds, is the one that was acknowledged: where what caused it goes on, it
    /// begins anew as soon as the detector allows.
    /// </summary>
    public const int SameAlarmMicros = 10_000_000;

    private const int PatternTicks = 8;
    private const int DoubleBeep = 0x05;

    private readonly IDigitalOutput _pin;
    private readonly bool _isActiveLow;
    private bool _wasAlarming;
    private long _beganMicros;
    private long _lastMicros; // with an alarm, or with its acknowledgement

    /// <summary>A buzzer; the pin is not written before the first <see cref="Update"/>.</summary>
    /// <param name="pin">The pin; not owned.</param>
    /// <param name="isActiveLow">True where the low level sounds it.</param>
    public Buzzer(IDigitalOutput pin, bool isActiveLow = false)
    {
        _pin = pin;
        _isActiveLow = isActiveLow;
    }

    /// <summary>Whether the alarm has been acknowledged; over once there was none for <see cref="SameAlarmMicros"/>.</summary>
    public bool IsSilenced { get; private set; }

    /// <summary>Somebody has heard it: quiet until the alarm is over.</summary>
    /// <param name="nowMicros">The clock of <see cref="Update"/>.</param>
    public void Silence(long nowMicros)
    {
        IsSilenced = true;
        _lastMicros = nowMicros;
    }

    /// <summary>Brings the pin to what the pattern says now.</summary>
    /// <param name="isAlarming">Whether there is an alarm.</param>
    /// <param name="nowMicros">Any clock that goes forward.</param>
    /// <returns>A <see cref="BusStatus"/>.</returns>
    public int Update(bool isAlarming, long nowMicros)
    {
        if (nowMicros < _lastMicros) _lastMicros = nowMicros; // the clock went back
        if (isAlarming) _lastMicros = nowMicros;
        else if (nowMicros - _lastMicros >= SameAlarmMicros) IsSilenced = false;
        if (isAlarming && (!_wasAlarming || nowMicros < _beganMicros)) _beganMicros = nowMicros;
        _wasAlarming = isAlarming;
        int tick = (int)((nowMicros - _beganMicros) / TickMicros % PatternTicks);
        bool isOn = isAlarming && !IsSilenced && ((DoubleBeep >> tick) & 1) != 0;
        return _pin.Write(isOn != _isActiveLow);
    }
}
