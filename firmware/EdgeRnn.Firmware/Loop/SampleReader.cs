using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware;

// Reads a sample, as floats or as counts, puts the sensor's channels into the network's order, and makes the detector's step with it.
internal sealed class SampleReader
{
    private readonly Detector _detector;
    private readonly ISensor _sensor;
    private readonly int[] _channels;
    private readonly float[] _values;  // as the sensor gives them: [channelCount]
    private readonly float[] _sample;  // as the network takes them: [inputSize]
    private readonly short[] _counts;
    private readonly short[] _sampleCounts;
    private readonly bool _usesCounts;

    public SampleReader(Detector detector, ISensor sensor, LoopSettings settings)
    {
        _detector = detector;
        _sensor = sensor;
        _usesCounts = settings.UseCounts;
        _channels = new int[detector.Model.InputSize];
        for (int i = 0; i < _channels.Length; i++) _channels[i] = settings.Channels.Length == 0 ? i : settings.Channels[i];
        _values = new float[_usesCounts ? 0 : sensor.ChannelCount];
        _sample = new float[_usesCounts ? 0 : _channels.Length];
        _counts = new short[_usesCounts ? sensor.ChannelCount : 0];
        _sampleCounts = new short[_usesCounts ? _channels.Length : 0];
    }

    public int Read() => _usesCounts ? _sensor.ReadCounts(_counts, 0) : _sensor.Read(_values, 0);

    public DetectorState Step()
    {
        if (_usesCounts)
        {
            for (int i = 0; i < _channels.Length; i++) _sampleCounts[i] = _counts[_channels[i]];
            return _detector.StepCounts(_sampleCounts, 0);
        }
        for (int i = 0; i < _channels.Length; i++) _sample[i] = _values[_channels[i]];
        return _detector.Step(_sample, 0);
    }

    // The last sample in the network's order, for a report.
    public float ValueOf(int input) => _usesCounts ? _counts[_channels[input]] : _values[_channels[input]];
}
