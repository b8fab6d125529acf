namespace Iot.Device.Bmxx80;

public enum StandbyTime : byte
{
    Ms0_5 = 0b000,
    Ms62_5 = 0b001,
    Ms125 = 0b010,
    Ms250 = 0b011,
    Ms500 = 0b100,
    Ms1000 = 0b101,
    Ms10 = 0b110,
    Ms20 = 0b111,
}
