namespace Iot.Device.Adxl345;

public enum GravityRange
{
    Range02 = 0x00,
    Range04 = 0x01,
    Range08 = 0x02,
    Range16 = 0x03,
}
