using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware;

/// <summary>A pin that is on while the detector is in alarm: a lamp, a relay, an input of another machine.</summary>
public sealed class AlarmOutput
{
    private readonly IDigitalOutput _pin;
    private readonly bool _isActiveLow;

    /// <summary>An output; the pin is not written before the first <see cref="Update"/>.</summary>
    /// <param name="pin">The pin; not owned.</param>
    /// <param name="isActiveLow">True where the low level means alarm, as with most relay boards.</param>
    public AlarmOutput(IDigitalOutput pin, bool isActiveLow = false)
    {
        _pin = pin;
        _isActiveLow = isActiveLow;
    }

    /// <summary>Brings the pin to what the alarm is.</summary>
    /// <param name="isAlarming">Whether there is one.</param>
    /// <returns>A <see cref="BusStatus"/>.</returns>
    public int Update(bool isAlarming) => _pin.Write(isAlarming != _isActiveLow);
}
