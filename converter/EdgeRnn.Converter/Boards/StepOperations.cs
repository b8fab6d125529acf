using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Boards;

/// <summary>
/// Estimated operations of an interpreter for a step, in operations of average cost: of the costliest step, and on average over many.
/// </summary>
/// <param name="Worst">For windows the step that ends one, with replay and decoder.</param>
/// <param name="Mean">With windows and strides as they come.</param>
internal sealed record StepOperations(double Worst, double Mean)
{
    // Copies of samples, answers and states that windows bring with them.
    private const double _perWindowStep = 520;
    private const int _manySteps = 1 << 16;

    /// <summary>Of a file's network and, where it has one, its detector.</summary>
    /// <param name="file">A whole .ernn file.</param>
    /// <param name="maxRowPairBytes">See <see cref="Model.Load(byte[], int, int)"/>.</param>
    public static StepOperations Of(byte[] file, int maxRowPairBytes) => Of(Model.LoadAsOnDevice(file, maxRowPairBytes, out _));

    /// <summary>Of a network and, where the file has one, its detector.</summary>
    /// <param name="model">Loaded as on a device.</param>
    public static StepOperations Of(Model model)
    {
        StepOperations session = OfSession(model);
        if (model.Detector == null) return session;
        StepOperations detector = DetectorOperations.Of(model.Detector, model);
        return new StepOperations(session.Worst + detector.Worst, session.Mean + detector.Mean);
    }

    private static StepOperations OfSession(Model model)
    {
        // Arguments checked, the sample standardised and rounded, the answer copied and converted.
        double fixedPart = model.IsQuantized ? 940 + 143.0 * model.InputSize + 28.0 * model.OutputSize : 620;
        if (model.HasPreprocessing) fixedPart += 110 + 55.0 * model.InputSize;
        double main = OfGraph(model.Main, false), mean = OfGraph(model.Main, true);
        if (model.Window is not { } window) return new StepOperations(fixedPart + main, fixedPart + mean);
        double decoder = model.Decoder == null ? 0 : OfGraph(model.Decoder, false) + _perWindowStep;
        long mainStep = (long)(main + _perWindowStep), decoderStep = (long)decoder;
        return new StepOperations(fixedPart + window.WorstCase(mainStep, decoderStep) + 2 * _perWindowStep,
            fixedPart + (double)window.CostOf(_manySteps, mainStep, decoderStep) / _manySteps);
    }

    private static double OfGraph(LayerGraph graph, bool onAverage)
    {
        double total = 0;
        for (int i = 0; i < graph.LayerCount; i++)
            total += LayerOperations.Of(graph.LayerAt(i), graph.ReadBy(i).Count) / (onAverage ? graph.Period(i + 1) : 1);
        return total;
    }
}
