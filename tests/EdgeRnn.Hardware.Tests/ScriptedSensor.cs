using EdgeRnn.Hardware;

namespace EdgeRnn.Tests;

/// <summary>A sensor that says what a test tells it to say. Without Ok it leaves rubbish behind, as a sensor may.</summary>
/// <param name="name">Its name.</param>
/// <param name="channels">Its channels' names.</param>
internal sealed class ScriptedSensor(string name, params string[] channels) : ISensor
{
    public int Status { get; set; }

    public int StartStatus { get; set; }

    public int Starts { get; private set; }

    public short Value { get; set; }

    public string Name => name;

    public int ChannelCount => channels.Length;

    public int SamplePeriodMicros { get; init; }

    public bool HasCounts { get; init; } = true;

    public string ChannelName(int channel) => channels[channel];

    public string ChannelUnit(int channel) => channels[channel] + " unit";

    public int Start()
    {
        Starts++;
        return StartStatus;
    }

    public int Read(float[] values, int offset)
    {
        for (int i = 0; i < channels.Length; i++) values[offset + i] = Status == SensorStatus.Ok ? Value + i : -999;
        return Status;
    }

    public int ReadCounts(short[] counts, int offset)
    {
        for (int i = 0; i < channels.Length; i++) counts[offset + i] = Status == SensorStatus.Ok ? (short)(Value + i) : (short)-999;
        return Status;
    }
}
