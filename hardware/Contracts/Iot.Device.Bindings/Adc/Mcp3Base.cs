using System;
using System.Device.Spi;

namespace Iot.Device.Adc;

public abstract class Mcp3Base : IDisposable
{
    public Mcp3Base(SpiDevice spiDevice) => throw Contract.Body;

    public void Dispose() => throw Contract.Body;
}
