using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect.Choice;

/// <summary>
/// A stretch of normal operation: its first part calibrates a detector, anomalies are put into the second, which is judged.
/// </summary>
/// <param name="Model">The network.</param>
/// <param name="Rows">[rows][channels] raw, normal throughout.</param>
/// <param name="FirstRow">Rows before it let the network settle.</param>
/// <param name="JudgedFrom">The first row that does not calibrate.</param>
/// <param name="AnomalyStart">From and to (exclusive) which row an anomaly may begin.</param>
/// <param name="AnomalyLength">How many rows, from and to (exclusive).</param>
public sealed record ChoiceCase(Model Model, float[][] Rows, int FirstRow, int JudgedFrom, Range AnomalyStart, Range AnomalyLength)
{
    /// <summary>The stretch with anomalies, each kind as often as the others.</summary>
    /// <param name="random">Places and sizes.</param>
    /// <param name="count">Sequences.</param>
    public IReadOnlyList<ChoiceSequence> Sequences(Random random, int count)
    {
        double[] scale = Deviations();
        List<ChoiceSequence> sequences = [];
        for (int i = 0; i < count; i++)
        {
            int first = random.Next(AnomalyStart.Start.Value, AnomalyStart.End.Value);
            int end = Math.Min(Rows.Length, first + random.Next(AnomalyLength.Start.Value, AnomalyLength.End.Value));
            float[][] rows = SyntheticAnomaly.Put(random, Rows, scale, first, end, i % SyntheticAnomaly.Kinds);
            sequences.Add(new ChoiceSequence(rows, first, end));
        }
        return sequences;
    }

    private double[] Deviations() => [.. Enumerable.Range(0, Rows[0].Length).Select(channel =>
    {
        double[] values = [.. Rows.Take(JudgedFrom).Select(row => (double)row[channel])];
        double mean = values.Average(), variance = values.Average(value => (value - mean) * (value - mean));
        return variance > 0 ? Math.Sqrt(variance) : 1;
    })];
}

/// <summary>Rows with an anomaly in [First, End).</summary>
/// <param name="Rows">[rows][channels] raw.</param>
/// <param name="First">First row of the anomaly.</param>
/// <param name="End">One past its last row.</param>
public sealed record ChoiceSequence(float[][] Rows, int First, int End);
