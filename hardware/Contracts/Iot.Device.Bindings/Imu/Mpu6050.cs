using System;
using System.Device.I2c;
using System.Numerics;
using UnitsNet;

namespace Iot.Device.Imu;

public class Mpu6050 : IDisposable
{
    public const byte DefaultI2cAddress = 0x68;
    public const byte SecondI2cAddress = 0x69;

    public Mpu6050(I2cDevice i2cDevice) => throw Contract.Body;

    public AccelerometerRange AccelerometerRange
    {
        get => throw Contract.Body;
        set => throw Contract.Body;
    }

    public GyroscopeRange GyroscopeRange
    {
        get => throw Contract.Body;
        set => throw Contract.Body;
    }

    public byte SampleRateDivider
    {
        get => throw Contract.Body;
        set => throw Contract.Body;
    }

    public Vector3 GetAccelerometer() => throw Contract.Body;

    public Vector3 GetGyroscopeReading() => throw Contract.Body;

    public Temperature GetTemperature() => throw Contract.Body;

    public void Dispose() => throw Contract.Body;
}
