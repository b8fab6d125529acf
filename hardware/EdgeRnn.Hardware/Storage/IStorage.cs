namespace EdgeRnn.Hardware;

/// <summary>
/// A few numbered places that keep bytes while the power is off. A write may be cut off anywhere: callers keep two places and write
/// them in turn. Does not throw.
/// </summary>
public interface IStorage
{
    /// <summary>Reads what a place holds.</summary>
    /// <param name="slot">The place, from 0.</param>
    /// <param name="buffer">Receives the bytes; the caller owns it.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="capacity">Most bytes.</param>
    /// <returns>The number of bytes, or a negative <see cref="StorageStatus"/>.</returns>
    int Read(int slot, byte[] buffer, int offset, int capacity);

    /// <summary>Replaces what a place holds; has reached the medium when it returns.</summary>
    /// <param name="slot">The place, from 0.</param>
    /// <param name="buffer">Holds the bytes; not changed.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="count">Bytes.</param>
    /// <returns><see cref="StorageStatus.Ok"/>, or a negative <see cref="StorageStatus"/>.</returns>
    int Write(int slot, byte[] buffer, int offset, int count);
}
