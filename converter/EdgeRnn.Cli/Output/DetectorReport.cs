using EdgeRnn.Converter.Detect;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Output;

/// <summary>The detector in a model's file.</summary>
/// <param name="Settings">How it works; the runtime's own names.</param>
/// <param name="Channels">Channels of the score.</param>
/// <param name="StateBytes">Bytes it remembers between steps, besides the network's.</param>
/// <param name="StateBytesPerChannel">The same, divided by the channels of the score.</param>
/// <param name="ScratchBytes">Bytes it needs during a step, besides the network's.</param>
/// <param name="SavedStateBytes">Bytes of a saved state, with the network's.</param>
/// <param name="UsesFloats">Whether its threshold computes in floats on a device, whatever the model does.</param>
internal sealed record DetectorReport(DetectorSettings Settings, int Channels, int StateBytes, double StateBytesPerChannel,
    int ScratchBytes,
    int SavedStateBytes, bool UsesFloats)
{
    /// <summary>Describes a detector; null for a model without one.</summary>
    public static DetectorReport? Of(Model model) =>
        model.Detector is { } settings ? Of(new Detector(model, settings, model.AcceptsCounts), settings) : null;

    /// <summary>Describes a detector.</summary>
    public static DetectorReport Of(Detector detector, DetectorSettings settings) =>
        new(settings, detector.ChannelCount, detector.StateBytes,
        (double)detector.StateBytes / detector.ChannelCount, detector.ScratchBytes, detector.SavedStateBytes, settings.UsesFloats());
}
