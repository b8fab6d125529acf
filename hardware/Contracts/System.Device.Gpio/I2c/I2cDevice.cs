namespace System.Device.I2c;

public abstract partial class I2cDevice : IDisposable
{
    public abstract I2cConnectionSettings ConnectionSettings { get; }

    public static I2cDevice Create(I2cConnectionSettings settings) => throw Contract.Body;

    public virtual byte ReadByte() => throw Contract.Body;

    public abstract void Read(Span<byte> buffer);

    public virtual void WriteByte(byte value) => throw Contract.Body;

    public abstract void Write(ReadOnlySpan<byte> buffer);

    public abstract void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
