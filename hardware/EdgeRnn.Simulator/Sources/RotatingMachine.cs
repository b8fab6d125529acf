using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// A motor with what it drives, on a frame on feet: vibration of shaft and bearing on three axes with gravity, rotation of the frame,
/// its temperature, the motor's current and voltage. Equations and figures are in Sources/README.md.
/// </summary>
internal sealed partial class RotatingMachine : ComputedSource
{
    public const string Name = "rotating-machine";

    private const double Gravity = 9.80665;
    private const double ReferenceHz = 25;         // where the settings of vibration mean what they say
    private const long GridMicros = 10_000;
    private const int SpeedHz = 0, Turns = 1, Celsius = 2; // states

    private static readonly Quantity[] _outputs =
    [
        new("ax", "m/s2"), new("ay", "m/s2"), new("az", "m/s2"), new("gx", "deg/s"), new("gy", "deg/s"), new("gz", "deg/s"),
        new("temperature", "degC"), new("current", "A"), new("voltage", "V"), new("shake", "m/s2"), new("speed", "rpm"),
    ];

    private static readonly SourceSetting[] _settings =
    [
        new("running", "", 1, 0, 1),
        new("speedRpm", "rpm", 1475, 0, 12_000),
        new("load", "", 0.7, 0, 1.5),
        new("imbalance", "", 0.1, 0, 1),
        new("misalignment", "", 0, 0, 1),
        new("bearing", "", 0, 0, 1),
        new("resonanceHz", "Hz", 32, 5, 2000),
        new("ambient", "degC", 22, -40, 60),
        new("ratedCurrent", "A", 1.2, 0.01, 100),
        new("noise", "", 1, 0, 10),
    ];

    private const int Running = 0, SpeedRpm = 1, Load = 2, Imbalance = 3, Misalignment = 4, Bearing = 5, ResonanceHz = 6, Ambient = 7,
        RatedCurrent = 8, Noise = 9;

    // How much of each vibration an axis shows: x along the shaft, y across, z up.
    private static readonly double[] _shaftShare = [0.35, 1, 0.8], _twiceShare = [1, 0.75, 0.6], _impactShare = [0.3, 1, 0.9];

    private readonly StateGrid _grid;
    private readonly SourceNoise[] _white = new SourceNoise[9];
    private readonly SourceNoise _loadNoise, _warmth, _strength, _slip;
    private readonly double[] _gain = new double[3];
    private readonly double[] _phase = new double[6];
    private readonly double[] _rest = new double[3];  // gravity on each axis
    private readonly double[] _bias = new double[3];  // of the rate of rotation

    private RotatingMachine(SourceSettings settings, ulong seed) : base(Name, _outputs, settings)
    {
        for (int i = 0; i < _white.Length; i++) _white[i] = new SourceNoise(seed, i);
        _loadNoise = new SourceNoise(seed, 20);
        _warmth = new SourceNoise(seed, 21);
        _strength = new SourceNoise(seed, 22);
        _slip = new SourceNoise(seed, 23);
        SourceNoise made = new(seed, 24); // how this specimen was built
        for (int i = 0; i < _phase.Length; i++) _phase[i] = made.Uniform(i);
        for (int i = 0; i < 3; i++) (_gain[i], _bias[i]) = (made.Between(10 + i, 0.9, 1.1), made.Between(20 + i, -0.5, 0.5));
        // Mounted level within half a degree.
        (_rest[0], _rest[1], _rest[2]) = (made.Between(30, -0.085, 0.085), made.Between(31, -0.085, 0.085), Gravity);
        double speed = TargetHz(0), celsius = SteadyCelsius(speed, 0);
        _grid = new StateGrid(GridMicros, [speed, made.Uniform(40), celsius], Advance);
    }

    public static ISource Make(SourceOptions options, ulong seed) => new RotatingMachine(new SourceSettings(_settings, options), seed);

    public override double ValueOf(int output, long atMicros) => output switch
    {
        < 3 => _rest[output] + Vibration(output, atMicros),
        < 6 => Rotation(output - 3, atMicros),
        6 => _grid.At(Celsius, atMicros) + 0.05 * _warmth.Slow(atMicros, 20_000_000) +
            0.01 * Setting(Noise, atMicros) * _white[6].Gauss(atMicros),
        7 => Current(atMicros),
        8 => 12 - 0.2 * Current(atMicros) + 0.005 * Setting(Noise, atMicros) * _white[8].Gauss(atMicros),
        9 => Vibration(2, atMicros),
        _ => 60 * _grid.At(SpeedHz, atMicros),
    };

    // The load is never quite what it is set to.
    private double LoadAt(long atMicros) => Wander(Setting(Load, atMicros), atMicros);

    private double Wander(double load, long atMicros) => load * (1 + 0.03 * _loadNoise.Slow(atMicros, 15_000_000));

    // An induction motor slips more under load.
    private double TargetHz(long atMicros) => SettingBefore(Running, atMicros) < 0.5 ? 0
        : SettingBefore(SpeedRpm, atMicros) / 60 * (1 - 0.02 * (Wander(SettingBefore(Load, atMicros), atMicros) - 0.7));

    private double SteadyCelsius(double speedHz, long atMicros) => SettingBefore(Ambient, atMicros) +
        (speedHz > 0.5 ? 8 + 30 * SettingBefore(Load, atMicros) + 25 * SettingBefore(Bearing, atMicros) : 0);

    private void Advance(double[] state, long atMicros)
    {
        double seconds = GridMicros * 1e-6, speed = state[SpeedHz], target = TargetHz(atMicros);
        double lag = target == 0 ? 4.0 : 1.0; // seconds; it runs down by friction alone
        double next = speed + (target - speed) * (seconds / lag);
        if (target == 0 && next < 0.05) next = 0;
        state[Turns] += 0.5 * (speed + next) * seconds;
        state[Celsius] += (SteadyCelsius(speed, atMicros) - state[Celsius]) * (seconds / 600);
        state[SpeedHz] = next;
    }

    // Between two steps the speed is a straight line, and the angle its integral.
    private double TurnsAt(long atMicros, out double speedHz)
    {
        double from = _grid.Before(SpeedHz, atMicros, out double to, out double part);
        speedHz = from + (to - from) * part;
        return _grid.Before(Turns, atMicros) + 0.5 * (from + speedHz) * part * _grid.StepSeconds;
    }

    private double Current(long atMicros)
    {
        double rated = Setting(RatedCurrent, atMicros), target = TargetHz(atMicros), speed = _grid.At(SpeedHz, atMicros);
        if (target == 0) return 0;
        double starting = 1.2 * Math.Max(0, 1 - speed / target);
        double steady = 0.3 + 0.7 * LoadAt(atMicros) + 0.1 * Setting(Bearing, atMicros);
        return rated * (steady + starting) * (1 + 0.01 * Setting(Noise, atMicros) * _white[7].Gauss(atMicros));
    }
}
