using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// A simulated HC-SR501 at a pin. It looks for motion every 20 ms; its output goes on with motion, stays on for a time behind it (or,
/// where it cannot be triggered again, behind its beginning), and afterwards the module is blind for a while.
/// </summary>
public sealed class SimulatedPir
{
    private const int LookMicros = 20_000;

    private readonly VirtualPin _pin;
    private readonly VirtualClock _clock;
    private readonly Func<long, bool> _isMoving;
    private long _onUntil;
    private long _blindUntil;
    private bool _isAway;

    /// <summary>A module that begins to look.</summary>
    /// <param name="pin">Its output.</param>
    /// <param name="clock">Time.</param>
    /// <param name="isMoving">Whether somebody moves at a time in microseconds.</param>
    public SimulatedPir(VirtualPin pin, VirtualClock clock, Func<long, bool> isMoving)
    {
        _pin = pin;
        _clock = clock;
        _isMoving = isMoving;
        clock.At(clock.NowMicros, Look);
    }

    /// <summary>How long the output stays on, in microseconds: the module's left screw.</summary>
    public long HoldMicros { get; set; } = 3_000_000;

    /// <summary>How long it is blind afterwards, in microseconds.</summary>
    public long BlindMicros { get; set; } = 2_500_000;

    /// <summary>Whether motion while the output is on holds it on: the module's jumper at H.</summary>
    public bool IsRetriggered { get; set; } = true;

    /// <summary>Whether it is without power: the output is low, whatever moves.</summary>
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
    public void PowerUp()
    {
        _onUntil = _blindUntil = 0;
        _pin.Drive(false);
    }

    private void Look()
    {
        long now = _clock.NowMicros;
        _clock.At(now + LookMicros, Look);
        if (_isAway) return;
        bool isMoving = _isMoving(now);
        if (_pin.IsHigh)
        {
            if (isMoving && IsRetriggered) _onUntil = now + HoldMicros;
            else if (now >= _onUntil) End(now);
        }
        else if (isMoving && now >= _blindUntil)
        {
            _onUntil = now + HoldMicros;
            _pin.Drive(true);
        }
    }

    private void End(long now)
    {
        _blindUntil = now + BlindMicros;
        _pin.Drive(false);
    }
}
