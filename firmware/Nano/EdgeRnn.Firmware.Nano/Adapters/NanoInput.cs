using System;
using System.Device.Gpio;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// A pin that is read. Reading costs the small object the library gives; edges come on the thread of the firmware's events, each with an
/// object of theirs, and their time is that of the call: a millisecond or so after the edge.
/// </summary>
public sealed class NanoInput : IDigitalInput
{
    private readonly GpioPin _pin;
    private readonly IClock _clock;
    private IEdgeListener? _listener;
    private bool _isListening;

    /// <summary>Takes a pin that is open for reading.</summary>
    /// <param name="pin">The pin; not owned.</param>
    /// <param name="clock">Says when edges came.</param>
    public NanoInput(GpioPin pin, IClock clock)
    {
        _pin = pin;
        _clock = clock;
    }

    /// <inheritdoc/>
    public int Read()
    {
        try
        {
            return (int)_pin.Read();
        }
        catch (Exception)
        {
            return PinLevel.Failed;
        }
    }

    /// <inheritdoc/>
    public bool Listen(IEdgeListener? listener)
    {
        _listener = listener;
        if (listener != null == _isListening) return true;
        _isListening = listener != null;
        if (_isListening) _pin.ValueChanged += OnChanged;
        else _pin.ValueChanged -= OnChanged;
        return true;
    }

    private void OnChanged(object sender, PinValueChangedEventArgs e)
    {
        IEdgeListener? listener = _listener;
        if (listener != null) listener.OnEdge(e.ChangeType == PinEventTypes.Rising, _clock.NowMicros);
    }
}
