using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// A heated room of 20 m2 over days and nights: temperature, humidity, pressure of the air, and whether somebody moves. Equations and
/// figures are in Sources/README.md.
/// </summary>
internal sealed class Room : ComputedSource
{
    public const string Name = "room";

    private const long GridMicros = 1_000_000, HourMicros = 3_600_000_000, DayMicros = 24 * HourMicros;
    private const double HeatCapacity = 400e3;      // J/K: air, furniture, surfaces
    private const double WallWatts = 40, WindowWatts = 250;  // per K
    private const double HeaterWatts = 1500, PersonWatts = 100;
    private const double RadiatorSeconds = 240;
    private const double BandKelvin = 0.3;          // either side of the setpoint
    private const double Volume = 50;               // m3
    private const double ClosedPerHour = 0.4, WindowPerHour = 8; // changes of the air
    private const double PersonGramsPerHour = 50;
    private const double OutsidePercent = 80;
    private const long SlotMicros = 4_000_000;      // somebody moves or sits still for so long
    private const long VisitMicros = 900_000_000;   // and is there or not
    private const int Celsius = 0, Heat = 1, Vapour = 2, IsHeating = 3; // states; heat in W, vapour in g/m3

    private static readonly Quantity[] _outputs =
        [new("temperature", "degC"), new("humidity", "%"), new("pressure", "Pa"), new("motion", ""), new("outside", "degC")];

    private static readonly SourceSetting[] _settings =
    [
        new("setpoint", "degC", 21, 5, 35),
        new("heating", "", 1, 0, 1),
        new("window", "", 0, 0, 1),
        new("occupancy", "", 1, 0, 1),
        new("visitor", "", 0, 0, 1),
        new("outside", "degC", 5, -40, 45),
        new("outsideSwing", "K", 4, 0, 20),
        new("noise", "", 1, 0, 10),
    ];

    private const int Setpoint = 0, Heating = 1, Window = 2, Occupancy = 3, Visitor = 4, Outside = 5, OutsideSwing = 6, Noise = 7;

    private readonly StateGrid _grid;
    private readonly long _startMicros;
    private readonly SourceNoise[] _white = new SourceNoise[5];
    private readonly SourceNoise _weather, _barometer, _visits, _moves;

    private Room(SourceSettings settings, double startHour, ulong seed) : base(Name, _outputs, settings)
    {
        _startMicros = (long)(startHour * HourMicros);
        for (int i = 0; i < _white.Length; i++) _white[i] = new SourceNoise(seed, i);
        _weather = new SourceNoise(seed, 20);
        _barometer = new SourceNoise(seed, 21);
        _visits = new SourceNoise(seed, 22);
        _moves = new SourceNoise(seed, 23);
        SourceNoise made = new(seed, 24);
        double celsius = SettingBefore(Setpoint, 0) + made.Between(0, -BandKelvin, BandKelvin);
        double outsideVapour = Saturation(OutsideAt(0)) * OutsidePercent / 100;
        double[] first = [celsius, SettingBefore(Heating, 0) * made.Between(1, 0, HeaterWatts), outsideVapour + 1, made.Bits(2) & 1];
        _grid = new StateGrid(GridMicros, first, Advance);
    }

    public static ISource Make(SourceOptions options, ulong seed)
    {
        double startHour = options.Number("startHour", 8, 0, 24);
        return new Room(new SourceSettings(_settings, options), startHour, seed);
    }

    public override double ValueOf(int output, long atMicros)
    {
        double noise = Setting(Noise, atMicros) * _white[output].Gauss(atMicros);
        return output switch
        {
            0 => _grid.At(Celsius, atMicros) + 0.01 * noise,
            1 => Math.Clamp(100 * _grid.At(Vapour, atMicros) / Saturation(_grid.At(Celsius, atMicros)) + 0.05 * noise, 0, 100),
            2 => 101_325 + 300 * _barometer.Slow(atMicros, 6 * HourMicros) + 1.5 * noise,
            3 => IsMoving(atMicros) ? 1 : 0,
            _ => OutsideAt(atMicros),
        };
    }

    // Coldest at 4, warmest at 16 o'clock.
    private double OutsideAt(long atMicros)
    {
        double day = (double)((_startMicros + atMicros) % DayMicros) / DayMicros;
        return SettingBefore(Outside, atMicros) + SettingBefore(OutsideSwing, atMicros) * SourceMath.SineOfTurns(day - 10.0 / 24) +
            0.5 * _weather.Slow(atMicros, 2 * HourMicros);
    }

    // From 7 to 22 o'clock somebody is there most of the time; a visitor comes whatever the hour.
    private bool IsThere(long atMicros)
    {
        if (SettingBefore(Visitor, atMicros) >= 0.5) return true;
        long time = (_startMicros + atMicros) % DayMicros;
        if (time < 7 * HourMicros || time >= 22 * HourMicros) return false;
        return _visits.Uniform((_startMicros + atMicros) / VisitMicros) < 0.75 * SettingBefore(Occupancy, atMicros);
    }

    private bool IsMoving(long atMicros) => IsThere(atMicros) && _moves.Uniform((_startMicros + atMicros) / SlotMicros) < 0.4;

    private void Advance(double[] state, long atMicros)
    {
        const double seconds = GridMicros * 1e-6;
        double outside = OutsideAt(atMicros), window = SettingBefore(Window, atMicros);
        double setpoint = SettingBefore(Setpoint, atMicros);
        bool isThere = IsThere(atMicros);
        if (state[Celsius] < setpoint - BandKelvin) state[IsHeating] = 1;
        if (state[Celsius] > setpoint + BandKelvin) state[IsHeating] = 0;
        double asked = state[IsHeating] > 0.5 ? HeaterWatts * SettingBefore(Heating, atMicros) : 0;
        state[Heat] += (asked - state[Heat]) * (seconds / RadiatorSeconds);
        double watts = state[Heat] + (isThere ? PersonWatts : 0) - (WallWatts + WindowWatts * window) * (state[Celsius] - outside);
        state[Celsius] += watts / HeatCapacity * seconds;
        double changes = (ClosedPerHour + WindowPerHour * window) / 3600, outsideVapour = Saturation(outside) * OutsidePercent / 100;
        double breath = isThere ? PersonGramsPerHour / 3600 / Volume : 0;
        state[Vapour] += (changes * (outsideVapour - state[Vapour]) + breath) * seconds;
        state[Vapour] = Math.Min(state[Vapour], Saturation(state[Celsius]));
    }

    // What air can hold, in g/m3: Magnus' formula (WMO No. 8, annex 4.B) and the gas law of vapour.
    private static double Saturation(double celsius) =>
        611.2 * SourceMath.Exp(17.62 * celsius / (243.12 + celsius)) / (461.5 * (celsius + 273.15)) * 1000;
}
