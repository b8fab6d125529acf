namespace System.Device.Gpio;

public class GpioPin : MarshalByRefObject, IEquatable<GpioPin>, IDisposable
{
    protected internal GpioPin(int pinNumber, GpioController controller)
    {
        PinNumber = pinNumber;
        Controller = controller;
    }

    public virtual int PinNumber { get; }

    public GpioController Controller { get; }

    public virtual bool Equals(GpioPin? other) =>
        other != null && PinNumber == other.PinNumber && ReferenceEquals(Controller, other.Controller);

    public override bool Equals(object? obj) => obj is GpioPin other && Equals(other);

    public override int GetHashCode() => PinNumber;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => throw Contract.Body;
}
