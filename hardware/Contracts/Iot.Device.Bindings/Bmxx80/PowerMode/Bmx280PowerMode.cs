namespace Iot.Device.Bmxx80.PowerMode;

public enum Bmx280PowerMode : byte
{
    Sleep = 0b00,
    Forced = 0b10,
    Normal = 0b11,
}
