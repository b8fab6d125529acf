using System;

namespace EdgeRnn.Firmware.Pi;

/// <summary>Steps as the columns of one frame: a step each, or several in a row where there are more than a frame has columns.</summary>
/// <param name="inputs">Inputs of the network.</param>
internal sealed class StreamColumns(int inputs)
{
    /// <summary>Most columns of a frame.</summary>
    public const int Most = 50;

    private readonly float[] _least = new float[Most * inputs];
    private readonly float[] _largest = new float[Most * inputs];
    private int _perColumn = 1;
    private int _inLast;

    /// <summary>Columns so far.</summary>
    public int Count { get; private set; }

    /// <summary>When the first step of each column was.</summary>
    public double[] Seconds { get; } = new double[Most];

    /// <summary>The largest score of each column; NaN: none.</summary>
    public float[] Scores { get; } = new float[Most];

    /// <summary>The last threshold of each column; NaN: none.</summary>
    public float[] Thresholds { get; } = new float[Most];

    /// <summary>The last state of each column.</summary>
    public int[] States { get; } = new int[Most];

    /// <summary>Whether a step of each column had an alarm.</summary>
    public bool[] Alarms { get; } = new bool[Most];

    /// <summary>Whether anything was wrong with an input in a step of each column.</summary>
    public bool[] Faults { get; } = new bool[Most];

    /// <summary>The least value of an input in a column; NaN: none.</summary>
    public float Least(int column, int input) => _least[column * inputs + input];

    /// <summary>The largest value of an input in a column; NaN: none.</summary>
    public float Largest(int column, int input) => _largest[column * inputs + input];

    /// <summary>Begins anew.</summary>
    /// <param name="steps">How many will come.</param>
    public void Begin(long steps)
    {
        Count = _inLast = 0;
        _perColumn = (int)Math.Max(1, (steps + Most - 1) / Most);
    }

    /// <summary>Adds a step.</summary>
    public void Add(StreamStep step)
    {
        if (Count == 0 || _inLast == _perColumn) Open(step);
        int at = Count - 1;
        for (int i = 0; i < inputs; i++)
        {
            _least[at * inputs + i] = float.MinNumber(_least[at * inputs + i], step.Values[i]);
            _largest[at * inputs + i] = float.MaxNumber(_largest[at * inputs + i], step.Values[i]);
            Faults[at] |= step.Faults[i] != 0;
        }
        Scores[at] = float.MaxNumber(Scores[at], step.Score);
        Thresholds[at] = step.Threshold;
        States[at] = step.State;
        Alarms[at] |= step.IsAlarming;
        _inLast++;
    }

    private void Open(StreamStep step)
    {
        int at = Count++;
        _inLast = 0;
        Seconds[at] = step.Seconds;
        Scores[at] = float.NaN;
        Alarms[at] = Faults[at] = false;
        Array.Fill(_least, float.NaN, at * inputs, inputs);
        Array.Fill(_largest, float.NaN, at * inputs, inputs);
    }
}
