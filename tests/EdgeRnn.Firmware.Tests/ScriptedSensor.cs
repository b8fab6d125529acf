using System.Collections.Generic;
using EdgeRnn.Hardware;

namespace EdgeRnn.Tests;

/// <summary>A sensor that gives what a test puts in; with a period it keeps samples, as a device with a FIFO does.</summary>
internal sealed class ScriptedSensor(int channels, int periodMicros = 0) : ISensor
{
    public Queue<short[]> Samples { get; } = new();

    /// <summary>What the next reads say, before samples are looked at.</summary>
    public Queue<int> Faults { get; } = new();

    /// <summary>What reads and starts say as long as it is not Ok.</summary>
    public int Lasting { get; set; }

    public int Starts { get; private set; }

    public string Name => "script";

    public int ChannelCount => channels;

    public int SamplePeriodMicros => periodMicros;

    public bool HasCounts { get; init; } = true;

    public string ChannelName(int channel) => "c" + channel;

    public string ChannelUnit(int channel) => "1";

    public int Start()
    {
        Starts++;
        return Lasting;
    }

    public int Read(float[] values, int offset)
    {
        int status = Next(out short[] sample);
        for (int i = 0; i < sample.Length; i++) values[offset + i] = sample[i];
        return status;
    }

    public int ReadCounts(short[] counts, int offset)
    {
        int status = Next(out short[] sample);
        sample.CopyTo(counts, offset);
        return status;
    }

    private int Next(out short[] sample)
    {
        sample = [];
        if (Lasting != SensorStatus.Ok) return Lasting;
        if (Faults.TryDequeue(out int fault)) return fault;
        if (!Samples.TryDequeue(out short[]? next)) return SensorStatus.NoSample;
        sample = next;
        return SensorStatus.Ok;
    }
}
