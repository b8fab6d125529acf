using System.Device.I2c;
using UnitsNet;

namespace Iot.Device.Bmxx80;

public class Bme280 : Bmx280Base
{
    public Bme280(I2cDevice i2cDevice) : base(0x60, i2cDevice)
    {
    }

    public Sampling HumiditySampling
    {
        get => throw Contract.Body;
        set => throw Contract.Body;
    }

    public bool TryReadHumidity(out RelativeHumidity humidity) => throw Contract.Body;
}
