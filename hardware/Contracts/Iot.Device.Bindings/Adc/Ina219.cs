using System;
using System.Device.I2c;
using UnitsNet;

namespace Iot.Device.Adc;

public class Ina219 : IDisposable
{
    public Ina219(I2cDevice i2cDevice) => throw Contract.Body;

    public void Reset() => throw Contract.Body;

    public void SetCalibration(ushort calibrationValue, float currentLsb = 1.0F) => throw Contract.Body;

    public ElectricPotential ReadShuntVoltage() => throw Contract.Body;

    public ElectricPotential ReadBusVoltage() => throw Contract.Body;

    public ElectricCurrent ReadCurrent() => throw Contract.Body;

    public Power ReadPower() => throw Contract.Body;

    public void Dispose() => throw Contract.Body;
}
