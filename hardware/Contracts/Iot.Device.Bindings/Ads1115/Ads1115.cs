using System;
using System.Device.I2c;
using UnitsNet;

namespace Iot.Device.Ads1115;

public class Ads1115 : IDisposable
{
    public Ads1115(I2cDevice i2cDevice, InputMultiplexer inputMultiplexer = InputMultiplexer.AIN0,
        MeasuringRange measuringRange = MeasuringRange.FS4096, DataRate dataRate = DataRate.SPS128,
        DeviceMode deviceMode = DeviceMode.Continuous) => throw Contract.Body;

    public ElectricPotential ReadVoltage() => throw Contract.Body;

    public void Dispose() => throw Contract.Body;
}
