namespace EdgeRnn.Hardware;

// One channel of an MCP3008.
internal sealed class Mcp3008Input : IAnalogInput
{
    private readonly Mcp3008 _device;
    private readonly int _channel;

    public Mcp3008Input(Mcp3008 device, int channel)
    {
        _device = device;
        _channel = channel;
    }

    public int FullScale => Mcp3008.FullScale;

    public int Read() => _device.Convert(_channel);
}
