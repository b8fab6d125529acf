using System.Collections.Generic;
using System.Threading;

namespace System.Device.Gpio.Drivers;

public class LibGpiodDriver : UnixDriver
{
    public LibGpiodDriver(int gpioChip = 0) => throw Contract.Body;

    protected internal override int PinCount => throw Contract.Body;

    public static IList<GpioChipInfo> GetAvailableChips() => throw Contract.Body;

    protected internal override void OpenPin(int pinNumber) => throw Contract.Body;

    protected internal override void ClosePin(int pinNumber) => throw Contract.Body;

    protected internal override void SetPinMode(int pinNumber, PinMode mode) => throw Contract.Body;

    protected internal override PinMode GetPinMode(int pinNumber) => throw Contract.Body;

    protected internal override bool IsPinModeSupported(int pinNumber, PinMode mode) => throw Contract.Body;

    protected internal override PinValue Read(int pinNumber) => throw Contract.Body;

    protected internal override void Write(int pinNumber, PinValue value) => throw Contract.Body;

    protected internal override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes,
        CancellationToken cancellationToken) => throw Contract.Body;

    protected internal override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes,
        PinChangeEventHandler callback) => throw Contract.Body;

    protected internal override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) =>
        throw Contract.Body;
}
