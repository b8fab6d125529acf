using System;
using System.Collections.Generic;

namespace EdgeRnn.Simulator;

/// <summary>A sensor on a simulated board, from outside: what it measures, and whether it is there.</summary>
public sealed class SimulatedPart
{
    private readonly Func<long, double>[] _values;
    private readonly Action _powerUp;
    private readonly Action<bool>? _setAway;
    private bool _isAway;

    // The device reads its inputs from the array, whatever is put there later.
    internal SimulatedPart(string kind, IReadOnlyList<Quantity> inputs, Func<long, double>[] values, Action powerUp, BusFaults? faults,
        Action<bool>? setAway)
    {
        Kind = kind;
        Inputs = inputs;
        _values = values;
        _powerUp = powerUp;
        Faults = faults;
        _setAway = setAway;
    }

    /// <summary>As <see cref="Hardware.SensorFactory"/> names it.</summary>
    public string Kind { get; }

    /// <summary>The physical quantities it measures, named as the driver's channels wherever there is one.</summary>
    public IReadOnlyList<Quantity> Inputs { get; }

    /// <summary>What can go wrong on its bus; null for a part on pins.</summary>
    public BusFaults? Faults { get; }

    /// <summary>Whether it is pulled off. What is put back has been without power.</summary>
    public bool IsAway
    {
        get => _isAway;
        set
        {
            if (value == _isAway) return;
            _isAway = value;
            if (Faults != null) Faults.IsAway = value;
            _setAway?.Invoke(value);
            if (!value) _powerUp();
        }
    }

    /// <summary>Says what an input is from now on. Without, it is what the device's class says: rest, room temperature.</summary>
    /// <param name="input">An index of <see cref="Inputs"/>.</param>
    /// <param name="value">The value in the input's unit at a time in microseconds, which may be some seconds ago.</param>
    public void Feed(int input, Func<long, double> value) => _values[input] = value;

    /// <summary>Switches the part off and on.</summary>
    public void PowerUp() => _powerUp();
}
