using System;
using System.Device.Spi;
using System.Numerics;

namespace Iot.Device.Adxl345;

public class Adxl345 : IDisposable
{
    public const int SpiClockFrequency = 5000000;
    public const SpiMode SpiMode = System.Device.Spi.SpiMode.Mode3;

    public Adxl345(SpiDevice sensor, GravityRange gravityRange) => throw Contract.Body;

    public Vector3 Acceleration => throw Contract.Body;

    public void Dispose() => throw Contract.Body;
}
