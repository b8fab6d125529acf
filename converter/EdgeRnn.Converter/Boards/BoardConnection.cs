namespace EdgeRnn.Converter.Boards;

/// <summary>How firmware and programs come onto a board.</summary>
public enum BoardConnection
{
    /// <summary>A serial port.</summary>
    Serial,

    /// <summary>The debugger of an STM32 board.</summary>
    Jtag,

    /// <summary>The drive that a Pico shows while BOOTSEL is held at start.</summary>
    Uf2,

    /// <summary>The network.</summary>
    Ssh,
}
