namespace System.Device.I2c;

public abstract partial class I2cBus : IDisposable
{
    public static I2cBus Create(int busId) => throw Contract.Body;

    public abstract I2cDevice CreateDevice(int deviceAddress);

    public abstract void RemoveDevice(int deviceAddress);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
