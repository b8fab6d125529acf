using System.Device.Gpio;
using UnitsNet;
using Binding = Iot.Device.Hcsr04.Hcsr04;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// HC-SR04 by its binding: distance in m, by sound at 343 m/s. Reading waits for the echo, up to 0.1 s, and leaves 60 ms from one
/// measurement to the next, by the time of day; it watches the pin meanwhile and takes a processor for itself. Allocates where reading
/// and writing pins does.
/// </summary>
public sealed class Hcsr04Binding : BindingSensor<Binding>
{
    private readonly GpioController _pins;
    private readonly int _triggerPin;
    private readonly int _echoPin;

    /// <summary>A sensor.</summary>
    /// <param name="pins">The pins; not owned.</param>
    /// <param name="triggerPin">Starts a measurement.</param>
    /// <param name="echoPin">Is high while the sound travels.</param>
    public Hcsr04Binding(GpioController pins, int triggerPin, int echoPin) : base("HC-SR04", ["distance"], ["m"])
    {
        _pins = pins;
        _triggerPin = triggerPin;
        _echoPin = echoPin;
    }

    private protected override Binding Open() => new Binding(_pins, _triggerPin, _echoPin, shouldDispose: false);

    private protected override int Measure(Binding binding, float[] values, int offset)
    {
        if (!binding.TryGetDistance(out Length distance)) return SensorStatus.BadReading;
        values[offset] = (float)distance.Meters;
        return SensorStatus.Ok;
    }
}
