namespace Iot.Device.Ads1115;

public enum DeviceMode
{
    Continuous = 0x00,
    PowerDown = 0x01,
}
