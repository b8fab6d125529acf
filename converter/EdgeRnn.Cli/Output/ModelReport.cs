using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Output;

/// <summary>A channel of the raw input.</summary>
/// <param name="Name">Its name, or an empty text.</param>
/// <param name="Unit">Its unit, or an empty text.</param>
/// <param name="Mean">What is subtracted, in that unit.</param>
/// <param name="Deviation">What the difference is divided by, in that unit.</param>
internal sealed record ChannelReport(string Name, string Unit, double Mean, double Deviation);

/// <summary>What a person or a script wants to know about a model before it goes to a device.</summary>
internal sealed record ModelReport
{
    public required string Name { get; init; }

    public required string ModelId { get; init; }

    public required int ModelVersion { get; init; }

    public required string Scheme { get; init; }

    public required bool IsQuantized { get; init; }

    public required int? InputFractionBits { get; init; }

    public required int InputSize { get; init; }

    public required int OutputSize { get; init; }

    public required int FramesPerAnswer { get; init; }

    public required int FrameSize { get; init; }

    public required string Window { get; init; }

    public required int WarmUpSteps { get; init; }

    public required IReadOnlyList<ChannelReport> Preprocessing { get; init; }

    public required float Clip { get; init; }

    public required IReadOnlyList<LayerInfo> Layers { get; init; }

    public required int Parameters { get; init; }

    public required double MacsPerStep { get; init; }

    public required long WorstCaseMacsPerStep { get; init; }

    public required int WeightBytes { get; init; }

    public required int StateBytes { get; init; }

    public required int ScratchBytes { get; init; }

    public required int FileBytes { get; init; }

    /// <summary>What the file replays for a self-test, or null.</summary>
    public GoldenReport? GoldenSteps { get; init; }

    /// <summary>The detector in the file, or null.</summary>
    public required DetectorReport? Detector { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Describes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="fileBytes">Bytes of its .ernn file.</param>
    public static ModelReport Of(Model model, int fileBytes) => new()
    {
        Name = model.Name,
        ModelId = Convert.ToHexStringLower(model.GetId()),
        ModelVersion = model.ModelVersion,
        Scheme = SchemeOf(model),
        IsQuantized = model.IsQuantized,
        InputFractionBits = model.IsQuantized ? model.InputFractionBits : null,
        InputSize = model.InputSize,
        OutputSize = model.OutputSize,
        FramesPerAnswer = model.FramesPerAnswer,
        FrameSize = model.FrameSize,
        Window = model.WindowText,
        WarmUpSteps = model.WarmUpSteps,
        Preprocessing = [.. model.InputMeans.Select((mean, i) =>
            new ChannelReport(model.InputNames[i], model.InputUnits[i], mean, 1.0 / model.InputInverseScales[i]))],
        Clip = model.HasPreprocessing ? model.InputClipMagnitude : 0,
        Layers = model.Layers,
        Parameters = model.WeightCount,
        MacsPerStep = model.MeanMacsPerStep,
        WorstCaseMacsPerStep = model.WorstCaseMacs,
        WeightBytes = model.WeightBytes,
        StateBytes = model.StateBytes,
        ScratchBytes = model.ScratchBytes,
        FileBytes = fileBytes,
        Detector = DetectorReport.Of(model),
        Metadata = model.Metadata,
    };

    // Layers without parameters compute as their neighbours do and say nothing.
    private static string SchemeOf(Model model)
    {
        IEnumerable<Scheme> schemes = model.Layers.Where(layer => layer.Parameters > 0).Select(layer => layer.Scheme);
        if (!model.IsQuantized) schemes = [Runtime.Scheme.F32];
        string[] names = [.. schemes.DefaultIfEmpty(Runtime.Scheme.W8A16).Distinct().Order().Select(SchemeName.Of)];
        return string.Join(" + ", names);
    }
}
