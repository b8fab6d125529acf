using System;
using System.Device.Spi;
using Binding = Iot.Device.Adc.Mcp3008;

namespace EdgeRnn.Hardware.Linux;

/// <summary>MCP3008 by its binding: inputs in V, read one after the other. SPI, mode 0, at most 1.35 MHz at 2.7 V.</summary>
public sealed class Mcp3008Binding : BindingSensor<Binding>
{
    private const int Steps = 1024; // datasheet DS21295, equation 4-2

    private readonly SpiDevice _device;
    private readonly int[] _inputs;
    private readonly float _voltsPerCount;

    /// <summary>A sensor.</summary>
    /// <param name="device">The device; not owned.</param>
    /// <param name="referenceVolts">What its reference pin is connected to.</param>
    /// <param name="inputs">Their numbers, 0 to 7, one for each channel.</param>
    public Mcp3008Binding(SpiDevice device, float referenceVolts, params int[] inputs)
        : base("MCP3008", Array.ConvertAll(inputs, input => $"ch{input}"), Array.ConvertAll(inputs, _ => "V"))
    {
        _device = device;
        _inputs = [.. inputs];
        _voltsPerCount = referenceVolts / Steps;
    }

    private protected override Binding Open() => new Binding(_device);

    private protected override int Measure(Binding binding, float[] values, int offset)
    {
        for (int i = 0; i < _inputs.Length; i++) values[offset + i] = binding.Read(_inputs[i]) * _voltsPerCount;
        return SensorStatus.Ok;
    }
}
