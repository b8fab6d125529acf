namespace Iot.Device.Ads1115;

public enum MeasuringRange
{
    FS6144 = 0x00,
    FS4096 = 0x01,
    FS2048 = 0x02,
    FS1024 = 0x03,
    FS0512 = 0x04,
    FS0256 = 0x05,
}
