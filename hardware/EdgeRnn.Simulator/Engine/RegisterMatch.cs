using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>
/// Finds what the inputs of a scenario's sensors have to be for their drivers to read given values. A converter that cuts off, or two
/// registers computed from each other, need not give a value back that they gave: it is tried on a board of its own.
/// </summary>
internal sealed class RegisterMatch
{
    private const int MostTries = 16, Reads = 3;
    private const long BetweenReadsMicros = 600_000; // longer than any of the sensors measures

    private readonly SimulatedBoard _board = new() { KeepsEdges = false };
    private readonly SimulatedPart[] _parts;
    private readonly ISensor _sensor;
    private readonly float[] _read;
    private readonly int[] _channels;
    private readonly double[] _inputs;
    private readonly double[] _wanted;
    private readonly bool _canTry;

    public RegisterMatch(Scenario scenario)
    {
        _parts = [.. scenario.Sensors.Select(sensor => SimulatedParts.Attach(_board, sensor.ToOptions()))];
        _sensor = SimulatedDevice.MakeSensor(scenario, _board);
        List<(int, int, string)> inputs = [];
        List<int> channels = [];
        int channel = 0;
        for (int i = 0; i < _parts.Length; i++)
        {
            ISensor member = SensorFactory.Create(_board, scenario.Sensors[i].ToOptions());
            for (int k = 0; k < member.ChannelCount; k++, channel++)
            {
                int input = _parts[i].Inputs.ToList().FindIndex(candidate => candidate.Name == member.ChannelName(k));
                if (input < 0) continue;
                inputs.Add((i, input, _sensor.ChannelName(channel)));
                channels.Add(channel);
            }
        }
        Inputs = inputs;
        _channels = [.. channels];
        _read = new float[_sensor.ChannelCount];
        _inputs = new double[inputs.Count];
        _wanted = new double[inputs.Count];
        for (int i = 0; i < inputs.Count; i++)
        {
            int place = i;
            _parts[inputs[i].Item1].Feed(inputs[i].Item2, _ => _inputs[place]);
        }
        // What keeps samples, or listens to a pin, measures as it always does.
        _canTry = _sensor.SamplePeriodMicros == 0 && scenario.Sensors.All(sensor => sensor.Kind is not "pir" and not "vibration")
            && _sensor.Start() == SensorStatus.Ok;
    }

    // Inputs of parts that are channels of their drivers, too, by the channel's name.
    public IReadOnlyList<(int Sensor, int Input, string Channel)> Inputs { get; }

    // Values become inputs; NaN stands for what is not known. Where nothing fits, they stay.
    public void Solve(double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            _wanted[i] = values[i];
            if (!double.IsNaN(values[i])) _inputs[i] = values[i];
        }
        if (!_canTry || values.All(double.IsNaN)) return;
        for (int tries = 0; tries < MostTries; tries++)
        {
            if (!Read()) return;
            bool isSame = true;
            for (int i = 0; i < values.Length; i++)
            {
                float read = _read[_channels[i]], wanted = (float)_wanted[i];
                if (float.IsNaN(wanted) || read == wanted) continue;
                isSame = false;
                _inputs[i] += 0.5 * ((double)wanted - read); // into the middle of a step, not to its edge
            }
            if (!isSame) continue;
            for (int i = 0; i < values.Length; i++)
            {
                if (!double.IsNaN(_wanted[i])) values[i] = _inputs[i];
            }
            return;
        }
    }

    private bool Read()
    {
        int status = SensorStatus.NoSample;
        for (int i = 0; i < Reads; i++)
        {
            _board.Time.Advance(BetweenReadsMicros);
            status = _sensor.Read(_read, 0);
        }
        return status == SensorStatus.Ok;
    }
}
