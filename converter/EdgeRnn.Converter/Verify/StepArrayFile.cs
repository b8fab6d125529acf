using System.Collections.Generic;
using System.IO;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;

namespace EdgeRnn.Converter.Verify;

/// <summary>Reads and writes arrays of steps: NumPy .npy, and .csv for a single sequence.</summary>
public static class StepArrayFile
{
    /// <summary>Reads the input of a model.</summary>
    /// <param name="path">A .npy or .csv file.</param>
    /// <param name="options">What is known about the model.</param>
    /// <exception cref="ConversionException">The file is missing, damaged, or does not fit the model.</exception>
    public static StepArray Read(string path, StepArrayOptions options) => IsCsv(path)
        ? CsvStepReader.Read(path, options)
        : NpySteps.Read(NpyFile.Read(path), options, path);

    /// <summary>Writes sequences in the layout they carry.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="format">The file to imitate: a path that ends in .npy or .csv.</param>
    /// <param name="steps">What to write.</param>
    /// <param name="columns">[features] column names of a CSV.</param>
    /// <exception cref="ConversionException">A batch does not fit into a CSV.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, string format, StepArray steps, IReadOnlyList<string> columns)
    {
        if (!IsCsv(format))
        {
            NpyFile.Write(path, NpySteps.ToTensor(steps));
            return;
        }
        using StreamWriter writer = new(path) { NewLine = "\n" };
        CsvStepWriter.Write(writer, steps, columns);
    }

    /// <summary>Whether a path names a CSV rather than a .npy.</summary>
    /// <exception cref="ConversionException">It names neither.</exception>
    public static bool IsCsv(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".CSV" => true,
        ".NPY" => false,
        _ => throw new ConversionException($"{SourceText.Show(path)}: expected a name that ends in .npy or .csv; " +
            "rename or convert the file"),
    };
}
