namespace Iot.Device.Ads1115;

public enum InputMultiplexer
{
    AIN0_AIN1 = 0x00,
    AIN0_AIN3 = 0x01,
    AIN1_AIN3 = 0x02,
    AIN2_AIN3 = 0x03,
    AIN0 = 0x04,
    AIN1 = 0x05,
    AIN2 = 0x06,
    AIN3 = 0x07,
}
