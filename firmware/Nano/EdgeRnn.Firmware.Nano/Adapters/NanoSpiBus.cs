using System;
using System.Device.Spi;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Nano;

/// <summary>A device on an SPI bus. Each transfer costs the two spans it is given in; nothing else is allocated.</summary>
public sealed class NanoSpiBus : ISpiBus
{
    private readonly SpiDevice _device;

    /// <summary>Opens the device.</summary>
    /// <param name="bus">As the firmware numbers it.</param>
    /// <param name="select">The pin that selects the device.</param>
    /// <param name="clockHz">Bits a second, at most.</param>
    /// <param name="mode">0 to 3.</param>
    public NanoSpiBus(int bus, int select, int clockHz, int mode)
    {
        SpiConnectionSettings settings = new SpiConnectionSettings(bus, select);
        settings.ClockFrequency = clockHz;
        settings.Mode = (SpiMode)mode;
        _device = SpiDevice.Create(settings);
    }

    /// <inheritdoc/>
    public int Transfer(byte[] write, byte[] read, int count)
    {
        try
        {
            _device.TransferFullDuplex(new SpanByte(write, 0, count), new SpanByte(read, 0, count));
            return BusStatus.Ok;
        }
        catch (Exception)
        {
            return BusStatus.Failed;
        }
    }
}
