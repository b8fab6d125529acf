using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>A recording of the water pump of SKAB: eight sensors at 1 Hz, and whether each row is anomalous.</summary>
/// <param name="Readings">[rows][8] in the sensors' units, ordered as <see cref="ChannelNames"/>; a missing one is NaN.</param>
/// <param name="Anomalies">[rows]; empty in the anomaly-free recording, which has no such column.</param>
public sealed record SkabRecording(double[][] Readings, bool[] Anomalies)
{
    /// <summary>Sensors of a row.</summary>
    public const int Channels = 8;

    /// <summary>The first rows train and calibrate, the others are scored.</summary>
    public const int TrainingRows = 400;

    // Each with the other names it bears in versions of the data set.
    private static readonly string[][] _channels =
    [
        ["Accelerometer1RMS", "Accelerometer1"],
        ["Accelerometer2RMS", "Accelerometer2"],
        ["Current"],
        ["Pressure"],
        ["Temperature"],
        ["Thermocouple"],
        ["Voltage"],
        ["Volume Flow RateRMS", "Volume Flow Rate", "RateRMS", "Flow Rate", "Flow"],
    ];

    /// <summary>[8] the sensors as the data set names them.</summary>
    public static IReadOnlyList<string> ChannelNames { get; } = [.. _channels.Select(names => names[0])];

    /// <summary>Whether the file says which rows are anomalous.</summary>
    public bool HasLabels => Anomalies.Length > 0;

    /// <summary>Reads a recording. Columns are found by name, whatever their order and case; others are ignored.</summary>
    /// <param name="path">A .csv of the SKAB data set.</param>
    /// <exception cref="ConversionException">Missing, damaged, or not such a file.</exception>
    public static SkabRecording Read(string path) => CsvTable.Read(path, Read);

    /// <summary>The readings as a device has them: float32.</summary>
    public float[][] Inputs() => [.. Readings.Select(row => Array.ConvertAll(row, value => (float)value))];

    /// <summary>(x - mean) / std limited to the clip, [rows][8], in double precision.</summary>
    /// <param name="mean">[8].</param>
    /// <param name="deviation">[8].</param>
    /// <param name="clip">Above 0.</param>
    public double[][] Standardised(IReadOnlyList<double> mean, IReadOnlyList<double> deviation, double clip) =>
        [.. Readings.Select(row =>
            row.Select((value, i) => Math.Clamp((value - mean[i]) / deviation[i], -clip, clip)).ToArray())];

    private static SkabRecording Read(CsvTable table)
    {
        int[] channels = Array.ConvertAll(_channels, table.Column);
        int? label = table.Optional("anomaly", "label");
        List<double[]> readings = [];
        List<bool> anomalies = [];
        while (table.Next())
        {
            readings.Add(Array.ConvertAll(channels, table.Number));
            if (label is { } column) anomalies.Add(table.Flag(column));
        }
        if (readings.Count == 0) throw table.Fail("holds no rows; expected a row per second");
        return new SkabRecording([.. readings], [.. anomalies]);
    }
}
