using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>
/// A simulated HC-SR04 between two pins: when a pulse of at least 10 us on the trigger ends, it sends sound, raises the echo and lowers
/// it when the sound is back, or after a time if it does not come back. While the echo is high it takes no new pulse.
/// </summary>
public sealed class SimulatedHcSr04 : IEdgeListener
{
    private const int TriggerMicros = 10;
    private const int BurstMicros = 450;  // eight periods of 40 kHz and what the module's processor takes around them
    private const double SpeedAtFreezing = 331.3, FreezingKelvin = 273.15;

    private readonly VirtualPin _echo;
    private readonly VirtualClock _clock;
    private long _riseMicros = -1;
    private bool _isBusy;
    private bool _isAway;
    private int _life; // what an earlier one has begun does not happen in this one

    /// <summary>A module, with power.</summary>
    /// <param name="trigger">The pin a program writes.</param>
    /// <param name="echo">The pin it reads.</param>
    /// <param name="clock">Time.</param>
    public SimulatedHcSr04(VirtualPin trigger, VirtualPin echo, VirtualClock clock)
    {
        _echo = echo;
        _clock = clock;
        trigger.Listen(this);
    }

    /// <summary>The distance in metres at a time in microseconds; NaN: nothing sends the sound back.</summary>
    public Func<long, double> Metres { get; set; } = _ => 1;

    /// <summary>The air's temperature in degC at a time in microseconds.</summary>
    public Func<long, double> AirCelsius { get; set; } = _ => 20;

    /// <summary>How far the module hears, in metres.</summary>
    public double RangeMetres { get; set; } = 4.5;

    /// <summary>How long the echo is high where no sound comes back, in microseconds; some modules hold it for 200 000.</summary>
    public int SilenceMicros { get; set; } = 38_000;

    /// <summary>Whether it is without power: nothing happens.</summary>
    public bool IsAway
    {
        get => _isAway;
        set
        {
            _isAway = value;
            PowerUp();
        }
    }

    /// <summary>Switches the module off and on: an echo that was on its way does not come.</summary>
    public void PowerUp()
    {
        _life++;
        _isBusy = false;
        _riseMicros = -1;
        _echo.Drive(false);
    }

    /// <inheritdoc/>
    public void OnEdge(bool isHigh, long atMicros)
    {
        if (isHigh)
        {
            _riseMicros = atMicros;
            return;
        }
        if (IsAway || _isBusy || _riseMicros < 0 || atMicros - _riseMicros < TriggerMicros) return;
        _isBusy = true;
        long rise = atMicros + BurstMicros;
        int life = _life;
        _clock.At(rise, () =>
        {
            if (life == _life) _echo.Drive(true);
        });
        _clock.At(rise + WidthMicros(rise), () =>
        {
            if (life != _life) return;
            _echo.Drive(false);
            _isBusy = false;
        });
    }

    private long WidthMicros(long atMicros)
    {
        double metres = Metres(atMicros), speed = SpeedAtFreezing * Math.Sqrt(1 + AirCelsius(atMicros) / FreezingKelvin);
        return metres >= 0 && metres <= RangeMetres ? (long)Math.Round(2e6 * metres / speed) : SilenceMicros;
    }
}
