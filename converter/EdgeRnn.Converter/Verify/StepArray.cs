using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Verify;

/// <summary>One or more sequences of equal length, each a row of features per time step.</summary>
public sealed class StepArray
{
    /// <summary>Wraps sequences without copying them.</summary>
    /// <param name="sequences">Each [steps, features] row-major; all of one length.</param>
    /// <param name="features">Features per step, at least 1.</param>
    /// <param name="layout">The layout of the file they came from or go to.</param>
    /// <exception cref="ArgumentException">The sequences differ in length or are no whole number of steps.</exception>
    public StepArray(IReadOnlyList<float[]> sequences, int features, ArrayLayout layout = ArrayLayout.StepsFeatures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        if (sequences.Count == 0 || sequences.Any(s => s.Length != sequences[0].Length) || sequences[0].Length % features != 0)
            throw new ArgumentException($"sequences must have one length, a multiple of {features}", nameof(sequences));
        Sequences = sequences;
        Features = features;
        Layout = layout;
    }

    /// <summary>One sequence from rows, which are copied.</summary>
    /// <param name="rows">[steps][features], at least one, all of one length.</param>
    public static StepArray OfRows(IReadOnlyList<float[]> rows) =>
        new([[.. rows.SelectMany(row => row)]], rows.Count == 0 ? 1 : rows[0].Length);

    /// <summary>The sequences, each [steps, features] row-major.</summary>
    public IReadOnlyList<float[]> Sequences { get; }

    /// <summary>Features per step.</summary>
    public int Features { get; }

    /// <summary>Steps of every sequence.</summary>
    public int Steps => Sequences[0].Length / Features;

    /// <summary>Where the axes stand in the file.</summary>
    public ArrayLayout Layout { get; }

    /// <summary>What was decided while reading (columns left out, axes), one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>[steps] texts of the leading time of a CSV, where they were asked for and are there; else empty.</summary>
    public IReadOnlyList<string> Times { get; init; } = [];

    /// <summary>The name of the times' column, or an empty text.</summary>
    public string TimeName { get; init; } = "";

    /// <summary>How many values are missing (NaN).</summary>
    public int CountMissing() => Sequences.Sum(sequence => sequence.Count(float.IsNaN));

    /// <summary>How many values are infinite, also because they were too large for float32.</summary>
    public int CountInfinite() => Sequences.Sum(sequence => sequence.Count(float.IsInfinity));
}
