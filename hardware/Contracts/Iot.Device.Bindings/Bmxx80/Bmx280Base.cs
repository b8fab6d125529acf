using System.Device.I2c;
using Iot.Device.Bmxx80.PowerMode;
using UnitsNet;

namespace Iot.Device.Bmxx80;

public abstract class Bmx280Base : Bmxx80Base
{
    public const byte DefaultI2cAddress = 0x77;
    public const byte SecondaryI2cAddress = 0x76;

    protected Bmx280Base(byte deviceId, I2cDevice i2cDevice) : base(deviceId, i2cDevice)
    {
    }

    public StandbyTime StandbyTime
    {
        get => throw Contract.Body;
        set => throw Contract.Body;
    }

    public override bool TryReadTemperature(out Temperature temperature) => throw Contract.Body;

    public override bool TryReadPressure(out Pressure pressure) => throw Contract.Body;

    public void SetPowerMode(Bmx280PowerMode powerMode) => throw Contract.Body;
}
