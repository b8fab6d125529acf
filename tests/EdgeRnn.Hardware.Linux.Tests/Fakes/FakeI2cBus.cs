using System.Collections.Generic;
using System.Device.I2c;

namespace EdgeRnn.Tests.Fakes;

/// <summary>A bus with plain devices at every address.</summary>
internal sealed class FakeI2cBus : I2cBus
{
    public Dictionary<int, FakeI2cDevice> Devices { get; } = [];

    public bool IsDisposed { get; private set; }

    public override I2cDevice CreateDevice(int deviceAddress)
    {
        FakeI2cDevice device = new(new PlainDevice(), deviceAddress);
        Devices.Add(deviceAddress, device);
        return device;
    }

    public override void RemoveDevice(int deviceAddress) => Devices.Remove(deviceAddress);

    protected override void Dispose(bool disposing) => IsDisposed = true;
}
