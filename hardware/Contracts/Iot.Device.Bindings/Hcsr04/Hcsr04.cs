using System;
using System.Device.Gpio;
using UnitsNet;

namespace Iot.Device.Hcsr04;

public class Hcsr04 : IDisposable
{
    public Hcsr04(GpioController? gpioController, int triggerPin, int echoPin, bool shouldDispose = true) => throw Contract.Body;

    public bool TryGetDistance(out Length result) => throw Contract.Body;

    public void Dispose() => throw Contract.Body;
}
