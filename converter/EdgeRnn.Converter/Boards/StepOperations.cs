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
    private const double _perWindowStep = 400;
    private const int _manySteps = 1 << 16;

    /// <summary>Of a session's step with floats.</summary>
    /// <param name="model">Loaded as on a device.</param>
    public static StepOperations Of(Model model)
    {
        // Arguments checked, the sample standardised and rounded, the answer copied and converted.
        double fixedPart = model.IsQuantized ? 940 + 143.0 * model.InputSize + 28.0 * model.OutputSize : 620;
        if (model.HasPreprocessing) fixedPart += 70 + 48.0 * model.InputSize;
        double main = OfGraph(model.Main, false), mean = OfGraph(model.Main, true);
        if (model.Window is not { } window) return new StepOperations(fixedPart + main, fixedPart + mean);
        double decoder = model.Decoder == null ? 0 : OfGraph(model.Decoder, false) + _perWindowStep;
        long mainStep = (long)(main + _perWindowStep), decoderStep = (long)decoder;
        return new StepOperations(fixedPart + window.WorstCase(mainStep, decoderStep) + _perWindowStep,
            fixedPart + (double)window.CostOf(_manySteps, mainStep, decoderStep) / _manySteps);
    }

    /// <summary>With a detector's part in each step.</summary>
    public StepOperations Plus(StepOperations other) => new(Worst + other.Worst, Mean + other.Mean);

    private static double OfGraph(LayerGraph graph, bool onAverage)
    {
        double total = 0;
        for (int i = 0; i < graph.LayerCount; i++)
            total += LayerOperations.Of(graph.LayerAt(i), graph.ReadBy(i).Count) / (onAverage ? graph.Period(i + 1) : 1);
        return total;
    }
}
