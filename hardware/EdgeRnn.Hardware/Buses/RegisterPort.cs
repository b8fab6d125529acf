namespace EdgeRnn.Hardware;

/// <summary>
/// What drivers do with registers: read some into a buffer of their own, write one, change some bits of one. Reserves its buffer at
/// creation; nothing throws or allocates afterwards.
/// </summary>
public sealed class RegisterPort
{
    private readonly IRegisterBus _bus;

    /// <summary>A buffer for a device.</summary>
    /// <param name="bus">The device; not owned.</param>
    /// <param name="longestRead">Most bytes of one <see cref="Read"/>, at least 2.</param>
    public RegisterPort(IRegisterBus bus, int longestRead)
    {
        _bus = bus;
        Bytes = new byte[longestRead];
    }

    /// <summary>What the last <see cref="Read"/> that succeeded gave: [longestRead]; the driver may change it.</summary>
    public byte[] Bytes { get; }

    /// <summary>Reads registers into <see cref="Bytes"/>.</summary>
    /// <param name="register">The first one.</param>
    /// <param name="count">Bytes, at most the buffer's length.</param>
    /// <returns>A <see cref="BusStatus"/>.</returns>
    public int Read(int register, int count) => _bus.Read(register, Bytes, 0, count);

    /// <summary>Writes a register of one byte; changes the first of <see cref="Bytes"/>.</summary>
    /// <param name="register">The register.</param>
    /// <param name="value">Its low 8 bits are written.</param>
    /// <returns>A <see cref="BusStatus"/>.</returns>
    public int Write(int register, int value)
    {
        Bytes[0] = (byte)value;
        return _bus.Write(register, Bytes, 0, 1);
    }

    /// <summary>Writes a register of two bytes, the high one first; changes the first two of <see cref="Bytes"/>.</summary>
    /// <param name="register">The register.</param>
    /// <param name="value">Its low 16 bits are written.</param>
    /// <returns>A <see cref="BusStatus"/>.</returns>
    public int WriteWord(int register, int value)
    {
        Bytes[0] = (byte)(value >> 8);
        Bytes[1] = (byte)value;
        return _bus.Write(register, Bytes, 0, 2);
    }

    /// <summary>A signed 16-bit number in <see cref="Bytes"/>, low byte first.</summary>
    /// <param name="at">Its first byte.</param>
    public int LowFirst(int at) => (short)(Bytes[at] | (Bytes[at + 1] << 8));

    /// <summary>A signed 16-bit number in <see cref="Bytes"/>, high byte first.</summary>
    /// <param name="at">Its first byte.</param>
    public int HighFirst(int at) => (short)((Bytes[at] << 8) | Bytes[at + 1]);
}
