using System;
using System.Device.Gpio;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// A pin of the system that is written. It is touched only where its level changes: the library allocates at every write, and only
/// there.
/// </summary>
public sealed class LinuxOutput : IDigitalOutput
{
    private readonly GpioController _pins;
    private readonly int _pin;
    private bool _isHigh;

    internal LinuxOutput(GpioController pins, int pin, bool isHigh)
    {
        _pins = pins;
        _pin = pin;
        _isHigh = isHigh;
        pins.OpenPin(pin, PinMode.Output, isHigh);
    }

    /// <inheritdoc/>
    public int Write(bool isHigh)
    {
        if (isHigh == _isHigh) return BusStatus.Ok;
        try
        {
            _pins.Write(_pin, isHigh);
            _isHigh = isHigh;
            return BusStatus.Ok;
        }
        catch (Exception exception)
        {
            return LinuxErrors.StatusOf(exception, BusStatus.Failed);
        }
    }
}
