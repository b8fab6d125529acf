using System;

namespace EdgeRnn.Simulator;

/// <summary>A computed device on an SPI bus, as its select line and its two data lines show it.</summary>
public interface ISpiDevice
{
    /// <summary>What happens between one falling and one rising edge of the select line.</summary>
    /// <param name="write">What the other side sends.</param>
    /// <param name="read">Filled, as long as <paramref name="write"/>.</param>
    void Transfer(ReadOnlySpan<byte> write, Span<byte> read);
}
