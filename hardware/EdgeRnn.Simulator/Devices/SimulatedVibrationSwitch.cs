using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// A simulated SW-420 module at a pin: while it is shaken harder than its threshold its contact opens once a millisecond, for 300 to
/// 700 us, and bounces for up to 60 us at each end. The output is high while the contact is open, or low on
/// modules that turn it round.
/// </summary>
public sealed class SimulatedVibrationSwitch
{
    private const int LookMicros = 1_000;
    private const int ShortestOpenMicros = 300, LongestOpenMicros = 700;
    private const int MostBounces = 3, LongestBounceMicros = 10;

    private readonly VirtualPin _pin;
    private readonly VirtualClock _clock;
    private readonly Func<long, double> _accelerationG;
    private readonly Random _random;
    private bool _isActiveLow;
    private bool _isAway;

    /// <summary>A module that begins to be shaken.</summary>
    /// <param name="pin">Its output.</param>
    /// <param name="clock">Time.</param>
    /// <param name="accelerationG">How hard it is shaken at a time in microseconds, in g, without gravity.</param>
    /// <param name="seed">Of the contact's chance.</param>
    public SimulatedVibrationSwitch(VirtualPin pin, VirtualClock clock, Func<long, double> accelerationG, int seed)
    {
        _pin = pin;
        _clock = clock;
        _accelerationG = accelerationG;
        _random = new Random(seed);
        clock.At(clock.NowMicros, Look);
    }

    /// <summary>From how many g on the contact opens: the module's screw.</summary>
    public double ThresholdG { get; set; } = 0.5;

    /// <summary>Whether the output is low while the contact is open.</summary>
    public bool IsActiveLow
    {
        get => _isActiveLow;
        set
        {
            _isActiveLow = value;
            PowerUp();
        }
    }

    /// <summary>Whether it is without power: the output is low, whatever shakes.</summary>
    public bool IsAway
    {
        get => _isAway;
        set
        {
            _isAway = value;
            PowerUp();
        }
    }

    /// <summary>Switches the module off and on.</summary>
    public void PowerUp() => Show(false);

    /// <summary>How often the contact opened so far, bounces not counted.</summary>
    public int Openings { get; private set; }

    private void Look()
    {
        long now = _clock.NowMicros;
        if (!_isAway && Math.Abs(_accelerationG(now)) > ThresholdG)
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
        _clock.At(atMicros, () => Show(isOpen));
        for (int i = _random.Next(MostBounces + 1); i > 0; i--)
        {
            atMicros += _random.Next(1, LongestBounceMicros + 1);
            _clock.At(atMicros, () => Show(!isOpen));
            atMicros += _random.Next(1, LongestBounceMicros + 1);
            _clock.At(atMicros, () => Show(isOpen));
        }
        return atMicros;
    }

    private void Show(bool isOpen) => _pin.Drive(!_isAway && isOpen != _isActiveLow);
}
