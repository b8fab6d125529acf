using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace EdgeRnn.Accuracy.Tasks;

/// <summary>A recording of the water pump: eight sensors, and whether each row is anomalous.</summary>
/// <param name="Readings">[rows][8] in the sensors' units.</param>
/// <param name="Anomalies">One label per row.</param>
public sealed record SkabRecording(double[][] Readings, bool[] Anomalies)
{
    public const int Channels = 8;

    /// <summary>The first rows train and calibrate, the others are scored.</summary>
    public const int TrainingRows = 400;

    /// <param name="path">A .csv of the SKAB data set.</param>
    public static SkabRecording Read(string path)
    {
        double[][] rows = [.. File.ReadLines(path).Skip(1).Select(line => Array.ConvertAll(line.Split(';')[1..],
            cell => double.Parse(cell, CultureInfo.InvariantCulture)))];
        return new SkabRecording([.. rows.Select(row => row[..Channels])], [.. rows.Select(row => row[Channels] != 0)]);
    }

    /// <summary>The readings as a device has them: float32.</summary>
    public float[][] Inputs() => [.. Readings.Select(row => Array.ConvertAll(row, value => (float)value))];

    /// <summary>(x - mean) / std limited to the clip, [rows][8], in double precision.</summary>
    public double[][] Standardised(IReadOnlyList<double> mean, IReadOnlyList<double> deviation, double clip) =>
        [.. Readings.Select(row =>
            row.Select((value, i) => Math.Clamp((value - mean[i]) / deviation[i], -clip, clip)).ToArray())];
}
