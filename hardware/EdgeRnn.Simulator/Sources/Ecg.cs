using System.IO;

namespace EdgeRnn.Simulator;

/// <summary>
/// A real electrocardiogram, two minutes of record 208 of the MIT-BIH Arrhythmia Database, again and again: as the electrodes have it
/// and as an amplifier gives it. The seed chooses the noise alone.
/// </summary>
internal sealed class Ecg : ComputedSource
{
    public const string Name = "ecg";

    private const double CountsPerSecond = 360, CountsPerMillivolt = 200, CountsAtZero = 1024;

    private static readonly Quantity[] _outputs = [new("ecg", "mV"), new("volts", "V"), new("counts", "")];

    private static readonly SourceSetting[] _settings =
    [
        new("gain", "", 100, 1, 2000),
        new("midVolts", "V", 1.024, 0, 5),
        new("noiseMillivolts", "mV", 0, 0, 10),
    ];

    private const int Gain = 0, MidVolts = 1, NoiseMillivolts = 2;

    private readonly Playback _playback;
    private readonly SourceNoise _noise;

    private Ecg(SourceSettings settings, Playback playback, ulong seed) : base(Name, _outputs, settings)
    {
        _playback = playback;
        _noise = new SourceNoise(seed, 0);
    }

    public static ISource Make(SourceOptions options, ulong seed)
    {
        bool isLinear = options.Word("between", 1, "hold", "linear") == 1, isLoop = options.Flag("loop", true);
        using Stream stream = typeof(Ecg).Assembly.GetManifestResourceStream("ecg.csv")!;
        using StreamReader reader = new(stream);
        Playback playback = new(Recording.Read(reader, "ecg.csv", CountsPerSecond), isLinear, isLoop);
        return new Ecg(new SourceSettings(_settings, options), playback, seed);
    }

    public override double ValueOf(int output, long atMicros)
    {
        double noise = Setting(NoiseMillivolts, atMicros) * _noise.Gauss(atMicros);
        double counts = _playback.ValueOf(0, atMicros) + CountsPerMillivolt * noise;
        double millivolts = (counts - CountsAtZero) / CountsPerMillivolt;
        return output switch
        {
            0 => millivolts,
            1 => Setting(MidVolts, atMicros) + 0.001 * Setting(Gain, atMicros) * millivolts,
            _ => counts,
        };
    }
}
