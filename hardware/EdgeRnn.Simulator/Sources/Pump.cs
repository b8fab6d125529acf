using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// A small centrifugal pump, driven by a 12 V motor, that moves water round a circuit or empties a sump that fills: flow, pressure,
/// current, voltage, temperature, level. Equations and figures are in Sources/README.md.
/// </summary>
internal sealed class Pump : ComputedSource
{
    public const string Name = "pump";

    private const long GridMicros = 50_000;
    private const double ShutOffPascal = 300e3;              // at full speed, without flow
    private const double PumpLoss = 100e3 / (6.0 * 6.0);     // Pa per (m3/h)2, inside the pump
    private const double CircuitLoss = 200e3 / (6.0 * 6.0);  // with the valve open: 6 m3/h at 200 kPa
    private const double LeakFlow = 3.0 / 447.2;             // m3/h per root Pa: 3 m3/h at 200 kPa
    private const double UsualFlow = 6;
    private const double HeldShare = 2.8;                    // of the rated current, by a rotor that stands
    private const double SumpSquareMetres = 0.1, StartMetres = 0.9, StopMetres = 0.3, RimMetres = 1.2, SensorMetres = 1.3;
    private const int Speed = 0, Pascal = 1, Flow = 2, Celsius = 3, Level = 4, IsOn = 5; // states

    private static readonly Quantity[] _outputs =
    [
        new("flow", "m3/h"), new("pressure", "Pa"), new("current", "A"), new("voltage", "V"), new("temperature", "degC"),
        new("level", "m"), new("distance", "m"),
    ];

    private static readonly SourceSetting[] _settings =
    [
        new("running", "", 1, 0, 1),
        new("speed", "", 1, 0, 1.2),
        new("valve", "", 1, 0, 1),
        new("blockage", "", 0, 0, 1),
        new("leak", "", 0, 0, 1),
        new("dry", "", 0, 0, 1),
        new("jam", "", 0, 0, 1),
        new("inflow", "m3/h", 2, 0, 10),
        new("ambient", "degC", 20, -20, 60),
        new("ratedCurrent", "A", 1, 0.01, 100),
        new("noise", "", 1, 0, 10),
    ];

    private const int RunningSetting = 0, SpeedSetting = 1, Valve = 2, Blockage = 3, Leak = 4, Dry = 5, Jam = 6, Inflow = 7, Ambient = 8,
        RatedCurrent = 9, Noise = 10;

    private readonly StateGrid _grid;
    private readonly bool _isSump;
    private readonly SourceNoise[] _white = new SourceNoise[7];
    private readonly SourceNoise _demand, _inflow, _gurgle;

    private Pump(SourceSettings settings, bool isSump, ulong seed) : base(Name, _outputs, settings)
    {
        _isSump = isSump;
        for (int i = 0; i < _white.Length; i++) _white[i] = new SourceNoise(seed, i);
        _demand = new SourceNoise(seed, 20);
        _inflow = new SourceNoise(seed, 21);
        _gurgle = new SourceNoise(seed, 22);
        SourceNoise made = new(seed, 23);
        double level = isSump ? made.Between(0, StopMetres + 0.05, StartMetres - 0.05) : RimMetres / 2;
        double[] first = [0, 0, 0, 0, level, isSump ? 0 : 1];
        first[Speed] = FreeSpeed(!isSump, 0);
        (first[Pascal], first[Flow]) = Operate(first[Speed], 0);
        first[Celsius] = SettingBefore(Ambient, 0) + Heating(first, 0);
        _grid = new StateGrid(GridMicros, first, Advance);
    }

    public static ISource Make(SourceOptions options, ulong seed)
    {
        bool isSump = options.Word("use", 0, "circuit", "sump") == 1;
        return new Pump(new SourceSettings(_settings, options), isSump, seed);
    }

    public override double ValueOf(int output, long atMicros)
    {
        double noise = Setting(Noise, atMicros) * _white[output].Gauss(atMicros);
        double level = _grid.At(Level, atMicros) + 0.002 * Setting(Noise, atMicros) * _gurgle.Slow(atMicros, 400_000);
        return output switch
        {
            0 => Math.Max(0, _grid.At(Flow, atMicros) * (1 + 0.005 * noise)),
            1 => _grid.At(Pascal, atMicros) * (1 + 0.005 * noise) + 100 * noise,
            2 => CurrentAt(atMicros) * (1 + 0.01 * noise),
            3 => 12 - 0.3 * CurrentAt(atMicros) + 0.005 * noise,
            4 => _grid.At(Celsius, atMicros) + 0.02 * noise,
            5 => level,
            _ => SensorMetres - level,
        };
    }

    // Pressure behind the pump and flow through the circuit, where the pump's curve and what is behind it meet. Losses ahead of the
    // pump (a strainer that is blocked) and inside it take from its pressure, a leak is one more way out behind it.
    private (double Pascal, double Flow) Operate(double speed, long atMicros)
    {
        double valve = Math.Max(1e-3, SettingBefore(Valve, atMicros) * (1 + 0.02 * _demand.Slow(atMicros, 20_000_000)));
        double open = 1 - Math.Min(0.999, SettingBefore(Blockage, atMicros)), strainer = PumpLoss * (1 / (open * open) - 1);
        double dry = SettingBefore(Dry, atMicros), gulp = 1 + 0.3 * dry * _gurgle.Slow(atMicros, 300_000);
        double head = ShutOffPascal * speed * speed * (1 - 0.97 * dry) * Math.Max(0, gulp);
        double circuit = valve / Math.Sqrt(CircuitLoss), all = circuit + LeakFlow * SettingBefore(Leak, atMicros);
        double pascal = head / (1 + (PumpLoss + strainer) * all * all);
        return (pascal, circuit * Math.Sqrt(pascal));
    }

    // As a share of the rated one: half of a centrifugal pump's power does not depend on the flow, and air needs little. A motor that
    // is slower than it would be, because it starts or its rotor is held, has less voltage of its own against the supply's.
    private double CurrentShare(double speed, double flow, bool isOn, long atMicros)
    {
        double free = FreeSpeed(isOn, atMicros);
        if (free == 0) return 0;
        double power = speed * speed * (0.45 + 0.55 * flow / UsualFlow) * (1 - 0.4 * SettingBefore(Dry, atMicros));
        return power + HeldShare * Math.Max(0, free - speed);
    }

    private double CurrentAt(long atMicros) => Setting(RatedCurrent, atMicros) *
        CurrentShare(_grid.At(Speed, atMicros), _grid.At(Flow, atMicros), _grid.Before(IsOn, atMicros) > 0.5, atMicros);

    private double FreeSpeed(bool isOn, long atMicros) =>
        isOn && SettingBefore(RunningSetting, atMicros) >= 0.5 ? SettingBefore(SpeedSetting, atMicros) : 0;

    private double Heating(double[] state, long atMicros)
    {
        double share = CurrentShare(state[Speed], state[Flow], state[IsOn] > 0.5, atMicros);
        return 18 * share * share + 25 * SettingBefore(Dry, atMicros) * state[Speed];
    }

    private void Advance(double[] state, long atMicros)
    {
        const double seconds = GridMicros * 1e-6;
        if (_isSump) Fill(state, atMicros, seconds);
        double target = FreeSpeed(state[IsOn] > 0.5, atMicros) * (1 - 0.9 * SettingBefore(Jam, atMicros));
        state[Speed] += (target - state[Speed]) * (seconds / 0.4);
        if (state[Speed] < 1e-3) state[Speed] = 0;
        (double pascal, double flow) = Operate(state[Speed], atMicros);
        state[Pascal] += (pascal - state[Pascal]) * (seconds / 0.3);
        state[Flow] += (flow - state[Flow]) * (seconds / 0.5);
        state[Celsius] += (SettingBefore(Ambient, atMicros) + Heating(state, atMicros) - state[Celsius]) * (seconds / 400);
    }

    // Two floats start and stop the pump.
    private void Fill(double[] state, long atMicros, double seconds)
    {
        double inflow = SettingBefore(Inflow, atMicros) * Math.Max(0, 1 + 0.05 * _inflow.Slow(atMicros, 30_000_000));
        state[Level] += (inflow - state[Flow]) / 3600 / SumpSquareMetres * seconds;
        state[Level] = Math.Clamp(state[Level], 0, RimMetres);
        if (state[Level] > StartMetres) state[IsOn] = 1;
        if (state[Level] < StopMetres) state[IsOn] = 0;
    }
}
