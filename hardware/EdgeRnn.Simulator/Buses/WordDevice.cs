using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// A device made of registers of 16 bits behind a pointer: a write's first byte sets the pointer, two more bytes, the high one first,
/// go into the register; a read gives the register's two bytes, again and again. The pointer does not count up. Of
/// <see cref="BusFaults.Stuck"/>, number 2n is register n's high byte and 2n + 1 its low one.
/// </summary>
public abstract class WordDevice : RegisterDevice
{
    private int _pointer;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> bytes)
    {
        _pointer = bytes[0];
        for (int i = 1; i + 1 < bytes.Length; i += 2) WriteWord(_pointer, (bytes[i] << 8) | bytes[i + 1]);
    }

    /// <inheritdoc/>
    public override void Read(Span<byte> bytes)
    {
        int word = ReadWord(_pointer);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte value = (byte)(i % 2 == 0 ? word >> 8 : word);
            bytes[i] = Faults is null ? value : Faults.Seen(2 * _pointer + i % 2, value);
        }
    }

    /// <summary>What a register holds when it is read, with what reading does to the device.</summary>
    /// <param name="register">0 to 255.</param>
    /// <returns>16 bits; those above do not count.</returns>
    protected abstract int ReadWord(int register);

    /// <summary>What writing a register does.</summary>
    /// <param name="register">0 to 255.</param>
    /// <param name="word">0 to 65535.</param>
    protected abstract void WriteWord(int register, int word);

    /// <inheritdoc/>
    protected sealed override byte ReadRegister(int register) => (byte)(ReadWord(register) >> 8);

    /// <inheritdoc/>
    protected sealed override void WriteRegister(int register, byte value) => WriteWord(register, value << 8);
}
