using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// A device made of registers of one byte, as the bus sees it: a write's first byte names a register, the bytes behind it go into
/// that and the following ones; a read gives the register named last and those behind it. What the registers mean is up to each
/// device, from its datasheet.
/// </summary>
public abstract class RegisterDevice : ISpiDevice
{
    private int _register;

    /// <summary>What is wrong with the bus the device is on; registers that are stuck are so whichever way they are reached.</summary>
    internal BusFaults? Faults { get; set; }

    /// <summary>Bytes written from outside, the register's number first.</summary>
    /// <param name="bytes">At least one.</param>
    public virtual void Write(ReadOnlySpan<byte> bytes)
    {
        _register = bytes[0];
        for (int i = 1; i < bytes.Length; i++)
        {
            WriteRegister(_register, bytes[i]);
            _register = After(_register);
        }
        OnEnd();
    }

    /// <summary>Bytes read from outside.</summary>
    /// <param name="bytes">Filled.</param>
    public virtual void Read(Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = Seen(_register);
            _register = After(_register);
        }
        OnEnd();
    }

    /// <summary>
    /// One transfer over SPI, as most devices frame it: the first byte is the register's number with <see cref="SpiReadFlag"/> for
    /// reading.
    /// </summary>
    /// <param name="write">What the other side sends.</param>
    /// <param name="read">Filled, as long as <paramref name="write"/>.</param>
    public virtual void Transfer(ReadOnlySpan<byte> write, Span<byte> read)
    {
        bool isRead = (write[0] & SpiReadFlag) != 0;
        bool isSeveral = SpiSeveralFlag == 0 || (write[0] & SpiSeveralFlag) != 0;
        read.Clear();
        _register = SpiRegister(write[0]);
        for (int i = 1; i < write.Length; i++)
        {
            if (isRead) read[i] = Seen(_register);
            else WriteRegister(_register, write[i]);
            if (isSeveral) _register = After(_register);
        }
        OnEnd();
    }

    /// <summary>Switches the device off and on: every register as after power-up.</summary>
    public abstract void PowerUp();

    /// <summary>The bit of the first byte over SPI that means reading.</summary>
    protected virtual int SpiReadFlag => 0x80;

    /// <summary>
    /// The bit of the first byte over SPI that means more than one register; 0: there is none, the device always counts up.
    /// </summary>
    protected virtual int SpiSeveralFlag => 0;

    /// <summary>The register that the first byte over SPI names.</summary>
    /// <param name="first">The byte.</param>
    protected virtual int SpiRegister(int first) => first & ~(SpiReadFlag | SpiSeveralFlag) & 0xFF;

    /// <summary>What a register holds when it is read, with what reading does to the device.</summary>
    /// <param name="register">0 to 255.</param>
    protected abstract byte ReadRegister(int register);

    /// <summary>What writing a register does.</summary>
    /// <param name="register">0 to 255.</param>
    /// <param name="value">The byte.</param>
    protected abstract void WriteRegister(int register, byte value);

    /// <summary>The register that the next byte of a transfer is for.</summary>
    /// <param name="register">The one before.</param>
    protected virtual int After(int register) => (register + 1) & 0xFF;

    /// <summary>A register's number without what else its byte says, as whether to count up.</summary>
    /// <param name="register">As the other methods have it.</param>
    protected virtual int NumberOf(int register) => register;

    /// <summary>A transfer is over, in the middle of a group of registers too.</summary>
    protected virtual void OnEnd()
    {
    }

    private byte Seen(int register)
    {
        byte value = ReadRegister(register);
        return Faults is null ? value : Faults.Seen(NumberOf(register), value);
    }
}
