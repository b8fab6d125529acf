namespace System.Device.Spi;

public abstract partial class SpiDevice : IDisposable
{
    public abstract SpiConnectionSettings ConnectionSettings { get; }

    public static SpiDevice Create(SpiConnectionSettings settings) => throw Contract.Body;

    public virtual byte ReadByte() => throw Contract.Body;

    public abstract void Read(Span<byte> buffer);

    public virtual void WriteByte(byte value) => throw Contract.Body;

    public abstract void Write(ReadOnlySpan<byte> buffer);

    public abstract void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
