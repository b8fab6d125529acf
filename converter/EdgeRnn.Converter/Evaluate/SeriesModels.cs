using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>
/// The models an evaluation runs: one for every series, or a folder with one for each. An .ernn file is taken as it is. A trained model
/// that says nothing of its input's scale is standardised by the training rows of the series, as the published protocols do.
/// </summary>
/// <param name="path">An .ernn file or a trained model, or a folder of such, named after the series with _ for /, or <c>model</c> for all others.</param>
/// <param name="scheme">How trained models are converted.</param>
/// <param name="clip">The bound of standardised samples, in standard deviations, of models that bring none; 0 for none.</param>
/// <param name="archPath">What the tensors of the models mean (ARCH.md), where their files do not say.</param>
public sealed class SeriesModels(string path, Scheme scheme = Scheme.F32, float clip = 10, string? archPath = null)
{
    // Of a mean: what moves less is taken for rounding of the recording.
    private const double SmallestRelativeDeviation = 1e-6;

    // Where the mean is 0, too: its inverse is still a float.
    private const double SmallestDeviation = 1e-30;

    private const string CommonName = "model";

    private static readonly string[] _extensions = [".ernn", ".onnx", ".pt", ".safetensors", ".json"];

    private readonly Dictionary<string, RecurrentGraph> _graphs = [];

    // ONNX says what its tensors mean; beside an ARCH file the other form of the same model is meant.
    private readonly string[] _sought = archPath == null ? _extensions : [.. _extensions.Where(extension => extension != ".onnx")];

    /// <summary>The model of a series.</summary>
    /// <param name="series">Its name, such as <c>valve1/0</c>.</param>
    /// <param name="training">[rows][channels], at least one row: they standardise, and calibrate an integer model.</param>
    /// <exception cref="ConversionException">There is none, it reads other channels, or it cannot be converted.</exception>
    /// <exception cref="ModelException">An .ernn file is damaged.</exception>
    public Model Of(string series, float[][] training)
    {
        string file = Find(series);
        if (file.EndsWith(".ernn", StringComparison.OrdinalIgnoreCase))
        {
            Model model = Load(file);
            RequireChannels(series, training[0].Length, file, model.InputSize);
            return model;
        }
        RecurrentGraph graph = Import(file);
        RequireChannels(series, training[0].Length, file, graph.Main.InputSize);
        graph = Standardised(graph, training, clip);
        return Model.Load(scheme == Scheme.F32
            ? ErnnWriter.Write(graph)
            : new IntegerConverter(graph, StepArray.OfRows(training)).Convert(new QuantizationSettings { Default = scheme }));
    }

    /// <summary>The same network with the mean and population deviation of these rows before it, where it has none of its own.</summary>
    /// <param name="graph">From an importer; not changed.</param>
    /// <param name="training">[rows][channels]; NaN is left out.</param>
    /// <param name="clip">In standard deviations; 0 for none.</param>
    public static RecurrentGraph Standardised(RecurrentGraph graph, float[][] training, float clip)
    {
        if (graph.Preprocessing != null) return graph;
        int channels = graph.Main.InputSize;
        float[] means = new float[channels], inverses = new float[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            double[] known = [.. training.Select(row => (double)row[channel]).Where(double.IsFinite)];
            double mean = known.Length == 0 ? 0 : known.Average();
            double variance = known.Length == 0 ? 0 : known.Average(value => (value - mean) * (value - mean));
            means[channel] = (float)mean;
            double least = Math.Max(SmallestRelativeDeviation * Math.Abs(mean), SmallestDeviation);
            inverses[channel] = variance > 0 ? (float)(1 / Math.Max(Math.Sqrt(variance), least)) : 1;
        }
        RecurrentGraph standardised = new()
        {
            Name = graph.Name,
            Main = graph.Main,
            Decoder = graph.Decoder,
            Window = graph.Window,
            Preprocessing = new Preprocessing(means, inverses, clip),
            BatchAxis = graph.BatchAxis,
            BatchSize = graph.BatchSize,
        };
        foreach ((string key, string value) in graph.Metadata) standardised.Metadata[key] = value;
        foreach (string note in graph.Notes) standardised.Notes.Add(note);
        return standardised;
    }

    private string Find(string series)
    {
        if (!Directory.Exists(path)) return path;
        string stem = Path.Combine(path, series.Replace('/', '_'));
        string common = Path.Combine(path, CommonName);
        string? own = Array.Find(_sought, extension => File.Exists(stem + extension)), any = Array.Find(_sought, extension => File.Exists(common + extension));
        return own != null ? stem + own : any != null ? common + any : throw new ConversionException($"{SourceText.Show(path)}: no model for {series}; expected " +
                $"{SourceText.Show(Path.GetFileName(stem))}{SourceText.List(_sought)}, or {CommonName} for all; add it, or name one model for all series");
    }

    private static void RequireChannels(string series, int found, string file, int expected)
    {
        if (found == expected) return;
        throw new ConversionException($"{SourceText.Show(series)}: has {found} channels, {SourceText.Show(Path.GetFileName(file))} reads {expected}; " +
            "take a model made for these channels, or only the columns that it reads");
    }

    private RecurrentGraph Import(string file)
    {
        lock (_graphs)
        {
            if (_graphs.TryGetValue(file, out RecurrentGraph? graph)) return graph;
            return _graphs[file] = ModelImporter.Import(file, new ImportOptions { ArchPath = archPath });
        }
    }

    private static Model Load(string file)
    {
        try
        {
            return Model.Load(file);
        }
        catch (Exception error) when (SourceFile.IsTrouble(error))
        {
            throw SourceFile.Unreadable(file, error);
        }
    }
}
