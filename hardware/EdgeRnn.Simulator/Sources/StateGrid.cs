using System;

namespace EdgeRnn.Simulator;

// What a source integrates, on a grid of fixed steps from time 0 on, so that it does not depend on when anybody asks. Keeps the last
// seconds; earlier times get the oldest state that is kept.
internal sealed class StateGrid
{
    private readonly long _stepMicros;
    private readonly int _states;
    private readonly int _places;
    private readonly double[] _kept; // [places, states]
    private readonly double[] _now;
    private readonly Advance _advance;
    private long _newest;

    // From a state at a time to that one step later: the array is changed in place.
    public delegate void Advance(double[] state, long atMicros);

    public StateGrid(long stepMicros, double[] first, Advance advance)
    {
        _stepMicros = stepMicros;
        _states = first.Length;
        _places = (int)(SourceSettings.HistoryMicros / stepMicros) + 3;
        _kept = new double[_places * _states];
        _now = (double[])first.Clone();
        _advance = advance;
        _now.CopyTo(_kept, 0);
    }

    public double StepSeconds => _stepMicros * 1e-6;

    // On a straight line between two steps.
    public double At(int state, long atMicros)
    {
        double before = Before(state, atMicros, out double after, out double part);
        return before + (after - before) * part;
    }

    // As at the step before.
    public double Before(int state, long atMicros) => Before(state, atMicros, out _, out _);

    public double Before(int state, long atMicros, out double after, out double part)
    {
        long at = Math.Max(0, atMicros), step = at / _stepMicros;
        part = (double)(at - step * _stepMicros) / _stepMicros;
        Reach(step + 1);
        long oldest = Math.Max(0, _newest - _places + 1);
        if (step < oldest) (step, part) = (oldest, 0);
        after = _kept[Place(step + 1) + state];
        return _kept[Place(step) + state];
    }

    private void Reach(long step)
    {
        while (_newest < step)
        {
            _advance(_now, _newest * _stepMicros);
            _newest++;
            _now.CopyTo(_kept, Place(_newest));
        }
    }

    private int Place(long step) => (int)(step % _places) * _states;
}
