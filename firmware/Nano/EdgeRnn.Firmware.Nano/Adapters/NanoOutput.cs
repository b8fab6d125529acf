using System;
using System.Device.Gpio;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// A pin that is written where its level changes; that costs a small object of the library, a call without a change costs nothing.
/// </summary>
public sealed class NanoOutput : IDigitalOutput
{
    private readonly GpioPin _pin;
    private bool _isHigh;

    /// <summary>Takes a pin that is open for writing, and writes its first level.</summary>
    /// <param name="pin">The pin; not owned.</param>
    /// <param name="isHigh">The level.</param>
    public NanoOutput(GpioPin pin, bool isHigh)
    {
        _pin = pin;
        _isHigh = isHigh;
        _pin.Write(isHigh);
    }

    /// <inheritdoc/>
    public int Write(bool isHigh)
    {
        if (isHigh == _isHigh) return BusStatus.Ok;
        try
        {
            _pin.Write(isHigh);
            _isHigh = isHigh;
            return BusStatus.Ok;
        }
        catch (Exception)
        {
            return BusStatus.Failed;
        }
    }
}
