namespace EdgeRnn.Hardware;

/// <summary>
/// One device on a bus, as numbered registers: an I2C device at its address, or an SPI device on its select line
/// (<see cref="SpiRegisterBus"/>). Neither method throws or allocates; each is one transaction on the bus. Belongs to one thread.
/// </summary>
public interface IRegisterBus
{
    /// <summary>Reads bytes from a register on.</summary>
    /// <param name="register">0 to 255.</param>
    /// <param name="buffer">Receives the bytes; the caller owns it. After a failure its content is not defined.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="count">At least 1, at most the longest transfer the implementation was made for.</param>
    /// <returns>A <see cref="BusStatus"/>.</returns>
    int Read(int register, byte[] buffer, int offset, int count);

    /// <summary>Writes bytes to a register and those behind it.</summary>
    /// <param name="register">0 to 255.</param>
    /// <param name="buffer">Holds the bytes; not changed.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="count">At least 0; with 0 the register's number alone is sent, as a command. At most the longest transfer the
    /// implementation was made for.</param>
    /// <returns>A <see cref="BusStatus"/>.</returns>
    int Write(int register, byte[] buffer, int offset, int count);
}
