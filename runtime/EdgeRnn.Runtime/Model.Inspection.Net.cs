using System;
using System.Collections.Generic;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeRnn.Runtime;

// What a desktop tool shows of a model beyond its layers.
public sealed partial class Model
{
    private const string Portable = "portable";

    /// <summary>What is subtracted from each raw channel, in its unit: [InputSize], or empty without preprocessing.</summary>
    public IReadOnlyList<float> InputMeans => InputMean ?? Array.Empty<float>();

    /// <summary>
    /// What the difference is multiplied by, 1 / standard deviation: [InputSize], or empty without preprocessing.
    /// </summary>
    public IReadOnlyList<float> InputInverseScales => InputInverseScale ?? Array.Empty<float>();

    /// <summary>The largest magnitude after standardisation, in standard deviations; 0 for none.</summary>
    public float InputClipMagnitude => InputClip;

    /// <summary>The layers whose output is their state (rnn, lstm, gru), in execution order, the decoder's last.</summary>
    public IReadOnlyList<LayerInfo> HiddenLayers
    {
        get
        {
            List<LayerInfo> layers = new List<LayerInfo>();
            Describe(Main, layers, layer => layer.IsRecurrent);
            if (Decoder != null) Describe(Decoder, layers, layer => layer.IsRecurrent);
            return layers;
        }
    }

    /// <summary>Units of h in all of <see cref="HiddenLayers"/> together.</summary>
    public int HiddenUnits => UnitsOf(Main) + (Decoder == null ? 0 : UnitsOf(Decoder));

    /// <summary>
    /// Multiply-accumulates of a step on average: with what windows read again, with what the decoder costs, and without the
    /// layers behind a strided convolution where they rest.
    /// </summary>
    public double MeanMacsPerStep
    {
        get
        {
            if (Window == null) return MeanMacs(Main);
            double decoderMacs = Decoder == null ? 0 : (double)Window.DecoderSteps * Decoder.MacsPerStep;
            return Window.WindowLength == 0 || Window.CarriesState
                ? MeanMacs(Main) + decoderMacs / Window.Hop
                : (WindowMacs(Main, Window.WindowLength) + decoderMacs) / Window.Hop;
        }
    }

    /// <summary>Cost of the costliest step, counted as for <see cref="ModelLimits.MaxCostPerStep"/>.</summary>
    internal long WorstCaseCost
    {
        get
        {
            long decoder = Decoder == null ? 0 : Decoder.CostPerStep;
            return Window == null ? Main.CostPerStep : Window.WorstCase(Main.CostPerStep, decoder);
        }
    }

    /// <summary>
    /// The instructions that products use on this machine: <c>avx512</c>, <c>avx2</c>, <c>avx-vnni</c>, <c>sse</c>, <c>neon</c>,
    /// <c>neon-dp</c> or <c>portable</c>; where layers differ, with the scheme of each: <c>w8a8: avx-vnni; f32: avx512</c>. All of them
    /// give an integer model the same bits.
    /// </summary>
    public string KernelText
    {
        get
        {
            List<string> kernels = new List<string>(), schemes = new List<string>();
            foreach (LayerInfo layer in Layers)
            {
                if (layer.MacsPerStep == 0) continue;
                string kernel = layer.Scheme == Scheme.F32 ? FloatText
                    : Word(QuantizedPanels.BestKernel(layer.Scheme == Scheme.W4A16, layer.Scheme == Scheme.W8A8));
                string scheme = layer.Scheme.ToString().ToLowerInvariant() + ": " + kernel;
                if (!kernels.Contains(kernel)) kernels.Add(kernel);
                if (!schemes.Contains(scheme)) schemes.Add(scheme);
            }
            if (kernels.Count == 0) return FloatText;
            return kernels.Count == 1 ? kernels[0] : string.Join("; ", schemes);
        }
    }

    private static string Word(QuantizedKernel kernel)
    {
        switch (kernel)
        {
            case QuantizedKernel.Pairs128: return Narrow;
            case QuantizedKernel.Pairs256: return "avx2";
            case QuantizedKernel.Pairs512: return "avx512";
            case QuantizedKernel.Bytes128: return "neon-dp";
            case QuantizedKernel.Bytes256: return "avx-vnni";
            default: return Portable;
        }
    }

    private static string Narrow => AdvSimd.IsSupported ? "neon" : "sse";

    private static string FloatText => Vector512.IsHardwareAccelerated ? "avx512"
        : Vector256.IsHardwareAccelerated ? "avx2" : Vector128.IsHardwareAccelerated ? Narrow : Portable;

    // A layer's output has the period at which it computes; a convolution that rests only stores its input.
    private static double MeanMacs(LayerGraph graph)
    {
        double total = 0;
        for (int i = 0; i < graph.LayerCount; i++) total += (double)graph.LayerAt(i).MacsPerStep / graph.Period(i + 1);
        return total;
    }

    private static double WindowMacs(LayerGraph graph, long steps)
    {
        double total = 0;
        for (int i = 0; i < graph.LayerCount; i++)
        {
            long first = graph.First(i + 1);
            if (first < steps) total += ((steps - 1 - first) / graph.Period(i + 1) + 1) * graph.LayerAt(i).MacsPerStep;
        }
        return total;
    }

    private static int UnitsOf(LayerGraph graph)
    {
        int units = 0;
        for (int i = 0; i < graph.LayerCount; i++) units += graph.LayerAt(i).IsRecurrent ? graph.LayerAt(i).OutputSize : 0;
        return units;
    }
}
