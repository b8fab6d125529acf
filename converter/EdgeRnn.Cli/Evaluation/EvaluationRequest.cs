using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Evaluation;

/// <summary>What `edgernn eval` was asked for.</summary>
/// <param name="Data">Folder or file.</param>
/// <param name="Models">Folder or file, or null for the forecaster that ships.</param>
/// <param name="Scheme">How trained models are converted.</param>
/// <param name="ArchPath">What the models' tensors mean, or null.</param>
/// <param name="Settings">Detector settings in place of the protocol's, or null.</param>
/// <param name="SettingsName">Where they come from.</param>
/// <param name="Choose">Whether settings are to be chosen from normal operation first.</param>
/// <param name="Seed">Of bootstrap and choice.</param>
internal sealed record EvaluationRequest(string Data, string? Models, Scheme Scheme, string? ArchPath, DetectorSettings? Settings,
    string SettingsName, bool Choose, int Seed)
{
    /// <summary>The models, standardised by the training rows where they bring no scale of their own.</summary>
    /// <param name="clip">The bound of standardised samples; 0 for none.</param>
    public SeriesModels OpenModels(float clip) => Models == null
        ? new SeriesModels(ForecasterFiles.Weights, Scheme, clip, ForecasterFiles.Arch)
        : new SeriesModels(Models, Scheme, clip, ArchPath);

    /// <summary>The models in words.</summary>
    public string ModelsName => Models ?? "the forecaster that ships";
}
