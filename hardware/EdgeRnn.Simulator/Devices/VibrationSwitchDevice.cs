using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// A simulated SW-420 module at a pin: while it is shaken harder than its threshold its contact opens once a millisecond, for 300 to
/// 700 us, and bounces for up to 60 us at each end. The output is high while the contact is open.
/// </summary>
public sealed class VibrationSwitchDevice
{
    private const int LookMicros = 1_000;
    private const int ShortestOpenMicros = 300, LongestOpenMicros = 700;
    private const int MostBounces = 3, LongestBounceMicros = 10;

    private readonly VirtualPin _pin;
    private readonly VirtualClock _clock;
    private readonly Func<long, double> _accelerationG;
    private readonly Random _random;

    /// <summary>A module that begins to be shaken.</summary>
    /// <param name="pin">Its output.</param>
    /// <param name="clock">Time.</param>
    /// <param name="accelerationG">How hard it is shaken at a time in microseconds, in g, without gravity.</param>
    /// <param name="seed">Of the contact's chance.</param>
    public VibrationSwitchDevice(VirtualPin pin, VirtualClock clock, Func<long, double> accelerationG, int seed)
    {
        _pin = pin;
        _clock = clock;
        _accelerationG = accelerationG;
        _random = new Random(seed);
        clock.At(clock.NowMicros, Look);
    }

    /// <summary>From how many g on the contact opens: the module's screw.</summary>
    public double ThresholdG { get; set; } = 0.5;

    /// <summary>How often the contact opened so far, bounces not counted.</summary>
    public int Openings { get; private set; }

    private void Look()
    {
        long now = _clock.NowMicros;
        if (Math.Abs(_accelerationG(now)) > ThresholdG)
        {
            Openings++;
            long end = Switch(now, true) + _random.Next(ShortestOpenMicros, LongestOpenMicros);
            Switch(end, false);
        }
        _clock.At(now + LookMicros, Look);
    }

    // The contact changes, back and again a few times. The last change is given.
    private long Switch(long atMicros, bool isOpen)
    {
        _clock.At(atMicros, () => _pin.Drive(isOpen));
        for (int i = _random.Next(MostBounces + 1); i > 0; i--)
        {
            atMicros += _random.Next(1, LongestBounceMicros + 1);
            _clock.At(atMicros, () => _pin.Drive(!isOpen));
            atMicros += _random.Next(1, LongestBounceMicros + 1);
            _clock.At(atMicros, () => _pin.Drive(isOpen));
        }
        return atMicros;
    }
}
