using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CsvHelper;
using CsvHelper.Configuration;

namespace EdgeRnn.Converter.Verify;

/// <summary>Writes one sequence as CSV: a header, then a row per step, every float so that reading gives the same bits.</summary>
public static class CsvStepWriter
{
    private static readonly CsvConfiguration _configuration = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    /// <summary>Writes a sequence.</summary>
    /// <param name="writer">Receives the text; stays open.</param>
    /// <param name="steps">A single sequence.</param>
    /// <param name="columns">[features] column names.</param>
    /// <exception cref="ConversionException">There is more than one sequence.</exception>
    public static void Write(TextWriter writer, StepArray steps, IReadOnlyList<string> columns)
    {
        if (steps.Sequences.Count > 1)
        {
            throw new ConversionException($"output: a CSV holds one sequence, the batch has {steps.Sequences.Count}; " +
                "write it with --output Y.npy");
        }
        using CsvWriter csv = new(writer, _configuration, leaveOpen: true);
        foreach (string column in columns) csv.WriteField(column);
        csv.NextRecord();
        float[] values = steps.Sequences[0];
        for (int i = 0; i < values.Length; i++)
        {
            csv.WriteField(values[i].ToString("R", CultureInfo.InvariantCulture));
            if (i % steps.Features == steps.Features - 1) csv.NextRecord();
        }
    }
}
