namespace System.Device.Gpio.Drivers;

public abstract class UnixDriver : GpioDriver
{
    protected UnixDriver()
    {
    }
}
