using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// Keeps a run at a multiple of real time. A computer that is too slow is counted, and the time it lost is given up: nothing is made
/// up for later, faster than was asked for.
/// </summary>
internal sealed class Pacer(IPaceClock clock)
{
    /// <summary>The slowest and the fastest pace, besides 0: as fast as it can.</summary>
    public const double Slowest = 0.01, Fastest = 1_000_000;

    // A wait takes about a millisecond at least: turns that are closer to each other come together.
    private const long ShortestWaitMicros = 2_000;
    private const long LongestWaitMicros = 50_000;
    private const long GivenUpMicros = 250_000;

    private long _anchor;        // here
    private long _deviceAnchor;  // in the device's time
    private bool _isAnchored;
    private double _speed = 1;

    /// <summary>Seconds of the device per second here; 0: as fast as it can.</summary>
    public double Speed
    {
        get => _speed;
        set
        {
            _speed = value;
            Forget();
        }
    }

    /// <summary>Times the computer was so late that lost time was given up.</summary>
    public long LatePaces { get; private set; }

    /// <summary>When that was last; long ago where it never was.</summary>
    public long LastLateMicros { get; private set; } = long.MinValue / 2;

    /// <summary>Begins anew from the next turn on, as after a pause.</summary>
    public void Forget() => _isAnchored = false;

    /// <summary>Waits where the run is ahead of its time, for a short while at the most.</summary>
    /// <param name="deviceMicros">The device's time.</param>
    /// <returns>Whether the next turn may be made; false: ask again, there may be something to do meanwhile.</returns>
    public bool IsDue(long deviceMicros)
    {
        if (_speed == 0) return true;
        long now = clock.NowMicros;
        if (!_isAnchored)
        {
            (_anchor, _deviceAnchor, _isAnchored) = (now, deviceMicros, true);
            return true;
        }
        long ahead = _anchor + (long)((deviceMicros - _deviceAnchor) / _speed) - now;
        if (ahead < -GivenUpMicros)
        {
            LatePaces++;
            LastLateMicros = now;
            (_anchor, _deviceAnchor) = (now, deviceMicros);
        }
        if (ahead < ShortestWaitMicros) return true;
        clock.Wait(Math.Min(ahead, LongestWaitMicros));
        return false;
    }
}
