using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.Threading;

namespace EdgeRnn.Tests.Fakes;

/// <summary>A driver of System.Device.Gpio whose pins are computed.</summary>
internal sealed class FakeGpioDriver : GpioDriver
{
    private readonly Dictionary<int, PinMode> _modes = [];
    private readonly Dictionary<int, PinValue> _levels = [];
    private readonly Dictionary<int, PinChangeEventHandler> _callbacks = [];

    /// <summary>What reading, writing and asking for edges throws; null: they succeed.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether inputs have resistors.</summary>
    public bool HasPulls { get; set; } = true;

    /// <summary>Every write that reached the driver, as <c>17=High</c>.</summary>
    public List<string> Writes { get; } = [];

    public bool IsDisposed { get; private set; }

    protected override int PinCount => 54;

    public PinMode ModeOf(int pin) => _modes[pin];

    public bool IsListening(int pin) => _callbacks.ContainsKey(pin);

    /// <summary>Drives a pin from outside.</summary>
    public void Drive(int pin, bool isHigh)
    {
        _levels[pin] = isHigh;
        if (_callbacks.TryGetValue(pin, out PinChangeEventHandler? callback))
            callback(this, new PinValueChangedEventArgs(isHigh ? PinEventTypes.Rising : PinEventTypes.Falling, pin));
    }

    protected override void OpenPin(int pinNumber)
    {
        if (pinNumber >= PinCount) throw new ArgumentException($"no pin {pinNumber}");
        _modes[pinNumber] = PinMode.Input;
    }

    protected override void ClosePin(int pinNumber) => _modes.Remove(pinNumber);

    protected override void SetPinMode(int pinNumber, PinMode mode) => _modes[pinNumber] = mode;

    protected override PinMode GetPinMode(int pinNumber) => _modes[pinNumber];

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => HasPulls || mode is PinMode.Input or PinMode.Output;

    protected override PinValue Read(int pinNumber) => Failure == null ? _levels.GetValueOrDefault(pinNumber) : throw Failure;

    protected override void Write(int pinNumber, PinValue value)
    {
        if (Failure != null) throw Failure;
        Writes.Add($"{pinNumber}={value}");
        _levels[pinNumber] = value;
    }

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) =>
        new() { TimedOut = true };

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        if (Failure != null) throw Failure;
        _callbacks.Add(pinNumber, callback);
    }

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) =>
        _callbacks.Remove(pinNumber);

    protected override void Dispose(bool disposing) => IsDisposed = true;
}
