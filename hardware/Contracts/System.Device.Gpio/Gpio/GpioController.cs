using System.Collections.Generic;

namespace System.Device.Gpio;

// Hands every call to its driver, so that what is written against it can be run with a computed driver. No driver here reaches a device.
public class GpioController : IDisposable
{
    private readonly GpioDriver _driver;
    private readonly Dictionary<int, PinValue?> _open = [];

    public GpioController() => throw Contract.Body;

    public GpioController(GpioDriver driver) => _driver = driver;

    public virtual int PinCount => _driver.PinCount;

    public GpioPin OpenPin(int pinNumber)
    {
        if (_open.TryAdd(pinNumber, null)) OpenPinCore(pinNumber);
        return new GpioPin(pinNumber, this);
    }

    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        GpioPin pin = OpenPin(pinNumber);
        SetPinMode(pinNumber, mode);
        return pin;
    }

    public GpioPin OpenPin(int pinNumber, PinMode mode, PinValue initialValue)
    {
        GpioPin pin = OpenPin(pinNumber);
        _open[pinNumber] = initialValue;
        SetPinMode(pinNumber, mode);
        return pin;
    }

    public void ClosePin(int pinNumber)
    {
        CheckOpen(pinNumber);
        ClosePinCore(pinNumber);
        _open.Remove(pinNumber);
    }

    public virtual void SetPinMode(int pinNumber, PinMode mode)
    {
        CheckOpen(pinNumber);
        if (!IsPinModeSupported(pinNumber, mode)) throw new InvalidOperationException($"pin {pinNumber} has no mode {mode}");
        if (_open[pinNumber] is { } value) _driver.SetPinMode(pinNumber, mode, value);
        else _driver.SetPinMode(pinNumber, mode);
    }

    public virtual bool IsPinOpen(int pinNumber) => _open.ContainsKey(pinNumber);

    public virtual bool IsPinModeSupported(int pinNumber, PinMode mode) => _driver.IsPinModeSupported(pinNumber, mode);

    public virtual PinValue Read(int pinNumber)
    {
        CheckOpen(pinNumber);
        return _driver.Read(pinNumber);
    }

    public virtual void Write(int pinNumber, PinValue value)
    {
        CheckOpen(pinNumber);
        _open[pinNumber] = value;
        if (_driver.GetPinMode(pinNumber) == PinMode.Output) _driver.Write(pinNumber, value);
    }

    public virtual void RegisterCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        CheckOpen(pinNumber);
        _driver.AddCallbackForPinValueChangedEvent(pinNumber, eventTypes, callback);
    }

    public virtual void UnregisterCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
        CheckOpen(pinNumber);
        _driver.RemoveCallbackForPinValueChangedEvent(pinNumber, callback);
    }

    public void Dispose() => Dispose(true);

    protected virtual void OpenPinCore(int pinNumber) => _driver.OpenPin(pinNumber);

    protected virtual void ClosePinCore(int pinNumber) => _driver.ClosePin(pinNumber);

    protected virtual void Dispose(bool disposing)
    {
        foreach (int pin in _open.Keys) ClosePinCore(pin);
        _open.Clear();
        _driver.Dispose();
    }

    private void CheckOpen(int pinNumber)
    {
        if (!IsPinOpen(pinNumber)) throw new InvalidOperationException($"pin {pinNumber} is not open");
    }
}
