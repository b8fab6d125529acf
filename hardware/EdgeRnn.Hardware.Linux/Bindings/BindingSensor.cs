using System;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// A sensor of Iot.Device.Bindings as an <see cref="ISensor"/>: a sample is measured when it is read, in the units that our own
/// drivers give, and what the binding throws becomes a status. A binding does not tell that its device lost its settings.
/// </summary>
/// <typeparam name="TBinding">The binding's class.</typeparam>
public abstract class BindingSensor<TBinding> : ISensor where TBinding : class
{
    private readonly string[] _channels;
    private readonly string[] _units;
    private TBinding? _binding; // null: not started. It never ends: ending it would end its device, which is not ours

    private protected BindingSensor(string name, string[] channels, string[] units)
    {
        Name = name;
        _channels = channels;
        _units = units;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int ChannelCount => _channels.Length;

    /// <inheritdoc/>
    public int SamplePeriodMicros => 0;

    /// <inheritdoc/>
    public bool HasCounts => false;

    /// <inheritdoc/>
    public string ChannelName(int channel) => _channels[channel];

    /// <inheritdoc/>
    public string ChannelUnit(int channel) => _units[channel];

    /// <summary>
    /// Makes the binding anew, which finds the device and sets it up. Bindings wait in there, some for 200 ms. One that finds another
    /// device, or settings that were not kept, gives <see cref="SensorStatus.WrongDevice"/>.
    /// </summary>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Start()
    {
        _binding = null;
        try
        {
            _binding = Open();
            return SensorStatus.Ok;
        }
        catch (Exception exception)
        {
            return LinuxErrors.StatusOf(exception, exception is System.IO.IOException ? SensorStatus.WrongDevice : BusStatus.Failed);
        }
    }

    /// <inheritdoc/>
    public int Read(float[] values, int offset)
    {
        if (_binding == null) return SensorStatus.NotStarted;
        try
        {
            return Measure(_binding, values, offset);
        }
        catch (Exception exception)
        {
            return LinuxErrors.StatusOf(exception, SensorStatus.BadReading);
        }
    }

    /// <inheritdoc/>
    public int ReadCounts(short[] counts, int offset) => SensorStatus.BadReading;

    private protected abstract TBinding Open();

    private protected abstract int Measure(TBinding binding, float[] values, int offset);
}
