using System.Device.Spi;

namespace Iot.Device.Adc;

public abstract class Mcp3xxx : Mcp3Base
{
    public Mcp3xxx(SpiDevice spiDevice, byte channelCount, byte adcResolutionBits) : base(spiDevice)
    {
    }

    public virtual int Read(int channel) => throw Contract.Body;
}
