namespace Iot.Device.Ads1115;

public enum DataRate
{
    SPS008 = 0x00,
    SPS016 = 0x01,
    SPS032 = 0x02,
    SPS064 = 0x03,
    SPS128 = 0x04,
    SPS250 = 0x05,
    SPS475 = 0x06,
    SPS860 = 0x07,
}
