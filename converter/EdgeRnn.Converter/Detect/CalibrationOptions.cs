using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>What is asked of a calibration; the rest follows from the model and the recording.</summary>
public sealed record CalibrationOptions
{
    /// <summary>
    /// Settings that were chosen; not changed. Those not named in <see cref="Given"/> are replaced by what suits the recording.
    /// </summary>
    public DetectorSettings Settings { get; init; } = Usual();

    /// <summary>
    /// Names of properties of <see cref="DetectorSettings"/> that stay as they are, those of its sensors as <c>Sensors.Lowest</c>.
    /// </summary>
    public IReadOnlySet<string> Given { get; init; } = new HashSet<string>();

    /// <summary>What single channels can give, in their unit, in place of what was seen, with the margin.</summary>
    public IReadOnlyDictionary<int, (float Lowest, float Highest)> Ranges { get; init; } =
        new Dictionary<int, (float Lowest, float Highest)>();

    /// <summary>Whether sensors are looked at for anything but missing values.</summary>
    public bool SensorChecks { get; init; } = true;

    /// <summary>Whether the threshold is learnt here, from all of the recording, so that a device need not.</summary>
    public bool FixedFromData { get; init; }

    /// <summary>Whether the device will feed whole numbers (<see cref="Detector.StepCounts"/>).</summary>
    public bool Counts { get; init; }

    /// <summary>Settings to begin with: an alarm ends when scores are calm for a while, so that one event is one alarm.</summary>
    public static DetectorSettings Usual() => new() { Hysteresis = 0.8f, ClearSteps = 10 };
}
