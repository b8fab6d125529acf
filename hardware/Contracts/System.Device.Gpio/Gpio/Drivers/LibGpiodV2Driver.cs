using System.Collections.Generic;
using System.Threading;

namespace System.Device.Gpio.Drivers;

public sealed class LibGpiodV2Driver : UnixDriver
{
    public LibGpiodV2Driver(int chipNumber) => throw Contract.Body;

    protected internal override int PinCount => throw Contract.Body;

    public static IList<GpioChipInfo> GetAvailableChips() => throw Contract.Body;

    protected internal override void OpenPin(int lineOffset) => throw Contract.Body;

    protected internal override void ClosePin(int lineOffset) => throw Contract.Body;

    protected internal override void SetPinMode(int lineOffset, PinMode mode) => throw Contract.Body;

    protected internal override PinMode GetPinMode(int lineOffset) => throw Contract.Body;

    protected internal override bool IsPinModeSupported(int lineOffset, PinMode mode) => throw Contract.Body;

    protected internal override PinValue Read(int lineOffset) => throw Contract.Body;

    protected internal override void Write(int lineOffset, PinValue value) => throw Contract.Body;

    protected internal override WaitForEventResult WaitForEvent(int lineOffset, PinEventTypes eventTypes,
        CancellationToken cancellationToken) => throw Contract.Body;

    protected internal override void AddCallbackForPinValueChangedEvent(int lineOffset, PinEventTypes eventTypes,
        PinChangeEventHandler callback) => throw Contract.Body;

    protected internal override void RemoveCallbackForPinValueChangedEvent(int lineOffset, PinChangeEventHandler callback) =>
        throw Contract.Body;
}
