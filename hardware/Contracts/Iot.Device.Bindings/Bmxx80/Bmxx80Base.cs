using System;
using System.Device.I2c;
using UnitsNet;

namespace Iot.Device.Bmxx80;

public abstract class Bmxx80Base : IDisposable
{
    protected Bmxx80Base(byte deviceId, I2cDevice i2cDevice) => throw Contract.Body;

    public Sampling PressureSampling
    {
        get => throw Contract.Body;
        set => throw Contract.Body;
    }

    public Sampling TemperatureSampling
    {
        get => throw Contract.Body;
        set => throw Contract.Body;
    }

    public abstract bool TryReadTemperature(out Temperature temperature);

    public abstract bool TryReadPressure(out Pressure pressure);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => throw Contract.Body;
}
