namespace System.Device.I2c;

public sealed class I2cConnectionSettings : IEquatable<I2cConnectionSettings>
{
    public I2cConnectionSettings(int busId, int deviceAddress)
    {
        BusId = busId;
        DeviceAddress = deviceAddress;
    }

    public int BusId { get; }

    public int DeviceAddress { get; }

    public bool Equals(I2cConnectionSettings? other) => other != null && BusId == other.BusId && DeviceAddress == other.DeviceAddress;

    public override bool Equals(object? obj) => obj is I2cConnectionSettings other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(BusId, DeviceAddress);
}
