namespace Iot.Device.Bmxx80;

public enum Sampling : byte
{
    Skipped = 0b000,
    UltraLowPower = 0b001,
    LowPower = 0b010,
    Standard = 0b011,
    HighResolution = 0b100,
    UltraHighResolution = 0b101,
}
