using System.Device.Spi;

namespace Iot.Device.Adc;

public class Mcp3008 : Mcp3xxx
{
    public Mcp3008(SpiDevice spiDevice) : base(spiDevice, 8, 10)
    {
    }
}
