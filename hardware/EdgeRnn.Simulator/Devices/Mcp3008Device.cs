using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>
/// The lines of a simulated MCP3008 (Microchip DS21295), bit by bit: after any number of low bits a start bit, then the channel in four
/// bits, one bit of sampling, a low bit, ten bits of the count, the high one first, and then the same the other way round. While it
/// does not drive its data line, that reads as <see cref="IdleLevel"/>.
/// </summary>
/// <param name="clock">Time.</param>
public sealed class Mcp3008Device(IClock clock) : ISpiDevice
{
    private const int ChannelBits = 4, CountBits = 10;

    /// <summary>The voltage against ground at each of the eight pins at a time in microseconds.</summary>
    public Func<long, double>[] Volts { get; } = [_ => 0, _ => 0, _ => 0, _ => 0, _ => 0, _ => 0, _ => 0, _ => 0];

    /// <summary>The voltage at VREF.</summary>
    public double ReferenceVolts { get; set; } = 3.3;

    /// <summary>What resistors on the data line make of it.</summary>
    public bool IdleLevel { get; set; } = true;

    /// <inheritdoc/>
    public void Transfer(ReadOnlySpan<byte> write, Span<byte> read)
    {
        read.Clear();
        int start = 0;
        while (start < 8 * write.Length && !BitOf(write, start)) start++;
        int channel = 0;
        for (int i = 1; i <= ChannelBits; i++) channel = (channel << 1) | (BitOf(write, start + i) ? 1 : 0);
        int count = CountOf(channel), sign = start + ChannelBits + 2;
        for (int bit = 0; bit < 8 * read.Length; bit++)
        {
            if (LevelOf(bit - sign, count)) read[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }
    }

    private bool LevelOf(int position, int count)
    {
        if (position < 0) return IdleLevel;
        if (position == 0) return false;
        int bit = position <= CountBits ? CountBits - position : position - CountBits;
        return bit < CountBits && ((count >> bit) & 1) != 0;
    }

    private int CountOf(int channel)
    {
        long now = clock.NowMicros;
        int pin = channel & 7;
        double volts = channel >= 8 ? Volts[pin](now) : Volts[pin](now) - Volts[pin ^ 1](now);
        return (int)Math.Clamp(Math.Floor(1024 * volts / ReferenceVolts), 0, 1023);
    }

    private static bool BitOf(ReadOnlySpan<byte> bytes, int bit) => bit / 8 < bytes.Length && (bytes[bit / 8] & (0x80 >> (bit % 8))) != 0;
}
