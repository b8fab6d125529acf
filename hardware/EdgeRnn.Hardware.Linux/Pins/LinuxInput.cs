using System;
using System.Device.Gpio;
using System.Threading;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// A pin of the system that is read. The library allocates for every edge it reports and, with libgpiod 2, for every read; nothing is
/// added to that here. An edge carries the time at which the library's thread came to report it.
/// </summary>
public sealed class LinuxInput : IDigitalInput
{
    private const PinEventTypes BothEdges = PinEventTypes.Rising | PinEventTypes.Falling;

    private readonly GpioController _pins;
    private readonly int _pin;
    private readonly IClock _clock;
    private readonly PinChangeEventHandler _onChange;
    private IEdgeListener? _listener;

    internal LinuxInput(GpioController pins, int pin, PinMode mode, IClock clock)
    {
        _pins = pins;
        _pin = pin;
        _clock = clock;
        _onChange = OnChange;
        pins.OpenPin(pin, mode);
    }

    /// <inheritdoc/>
    public int Read()
    {
        try
        {
            return _pins.Read(_pin) == PinValue.High ? PinLevel.High : PinLevel.Low;
        }
        catch (Exception)
        {
            return PinLevel.Failed;
        }
    }

    /// <inheritdoc/>
    public bool Listen(IEdgeListener? listener)
    {
        IEdgeListener? before = Interlocked.Exchange(ref _listener, listener);
        try
        {
            if (before == null && listener != null) _pins.RegisterCallbackForPinValueChangedEvent(_pin, BothEdges, _onChange);
            else if (before != null && listener == null) _pins.UnregisterCallbackForPinValueChangedEvent(_pin, _onChange);
            return true;
        }
        catch (Exception)
        {
            Volatile.Write(ref _listener, before);
            return false;
        }
    }

    private void OnChange(object sender, PinValueChangedEventArgs change) =>
        Volatile.Read(ref _listener)?.OnEdge(change.ChangeType == PinEventTypes.Rising, _clock.NowMicros);
}
