namespace EdgeRnn.Hardware;

/// <summary>
/// One device on an SPI bus: bytes go out and come in at the same time, between one falling and one rising edge of its select line.
/// Neither throws nor allocates. Belongs to one thread.
/// </summary>
public interface ISpiBus
{
    /// <summary>Exchanges bytes.</summary>
    /// <param name="write">Sent from its first byte on; not changed.</param>
    /// <param name="read">Receives what came from its first byte on; another array than <paramref name="write"/>. The caller owns
    /// both.</param>
    /// <param name="count">Bytes each way, at least 1.</param>
    /// <returns>A <see cref="BusStatus"/>.</returns>
    int Transfer(byte[] write, byte[] read, int count);
}
