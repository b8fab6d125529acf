using System;
using System.Collections.Generic;

namespace EdgeRnn.Runtime;

// What a desktop tool shows of a model beyond its layers.
public sealed partial class Model
{
    /// <summary>What is subtracted from each raw channel, in its unit: [InputSize], or empty without preprocessing.</summary>
    public IReadOnlyList<float> InputMeans => InputMean ?? Array.Empty<float>();

    /// <summary>What the difference is multiplied by, 1 / standard deviation: [InputSize], or empty without preprocessing.</summary>
    public IReadOnlyList<float> InputInverseScales => InputInverseScale ?? Array.Empty<float>();

    /// <summary>The largest magnitude after standardisation, in standard deviations; 0 for none.</summary>
    public float InputClipMagnitude => InputClip;

    /// <summary>Multiply-accumulates of a step on average, with what windows read again and what the decoder costs.</summary>
    public double MeanMacsPerStep
    {
        get
        {
            if (Window == null) return MacsPerStep;
            long mainSteps = Window.WindowLength == 0 ? Window.Hop : Window.WindowLength;
            long decoderMacs = Decoder == null ? 0 : Window.DecoderSteps * Decoder.MacsPerStep;
            return (mainSteps * MacsPerStep + decoderMacs) / (double)Window.Hop;
        }
    }
}
