using System;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>
/// A stream through a model in double precision, with the true exponential and hyperbolic tangent: what integer runs are measured
/// against and what calibration watches. It answers when the runtime's session answers, windows and decoder included.
/// </summary>
public sealed partial class ReferenceRun
{
    private readonly Preprocessing? _preprocessing;
    private readonly WindowPlan? _window;
    private readonly ReferenceSubgraph _main;
    private readonly ReferenceSubgraph? _decoder;
    private readonly double[] _answer;

    /// <summary>Reserves all memory; a step allocates nothing.</summary>
    /// <param name="graph">A graph that the file writer accepts. To judge an integer run, its tensors are the rounded ones of
    /// that run.</param>
    /// <param name="observer">Sees every signal; null for none.</param>
    /// <param name="products">Sees what every matrix multiplies; null for none.</param>
    public ReferenceRun(RecurrentGraph graph, ISignalObserver? observer = null, IProductObserver? products = null)
    {
        _preprocessing = graph.Preprocessing;
        _window = graph.Window;
        _main = new ReferenceSubgraph(graph.Main, GraphPart.Main, observer, products);
        _decoder = graph.Decoder == null ? null : new ReferenceSubgraph(graph.Decoder, GraphPart.Decoder, observer, products);
        int frames = _window?.Answer switch
        {
            WindowAnswer.Decoder => _window.DecoderSteps,
            WindowAnswer.AllSteps => _window.WindowLength,
            _ => 1,
        };
        FrameSize = (_decoder ?? _main).OutputSize;
        _answer = new double[frames * FrameSize];
        if (_window != null) ReserveWindow(_window);
    }

    /// <summary>Features of one frame of the answer; the answer's length is a multiple of it.</summary>
    public int FrameSize { get; }

    /// <summary>Consumes one sample.</summary>
    /// <param name="input">[inputSize] as the sensor gives them. They are standardised in float32, as in the runtime.</param>
    /// <returns>The answer where the model gives one, else null. It belongs to the run, the next one overwrites it.</returns>
    public double[]? Step(ReadOnlySpan<float> input)
    {
        Span<double> x = _main.Input;
        for (int i = 0; i < x.Length; i++) x[i] = _preprocessing == null ? input[i] : Standardise(_preprocessing, input[i], i);
        return StepInput();
    }

    /// <summary>Consumes one sample that is standardised already, or rounded to the integer path's input format.</summary>
    /// <param name="input">[inputSize].</param>
    /// <returns>As for <see cref="Step"/>.</returns>
    public double[]? StepStandardised(ReadOnlySpan<double> input)
    {
        input[.._main.Input.Length].CopyTo(_main.Input);
        return StepInput();
    }

    /// <summary>Back to the state of a new run.</summary>
    public void Reset()
    {
        _main.Reset();
        _decoder?.Reset();
        _position = 0;
        _decoderStepsLeft = 0;
    }

    /// <summary>What a node computed last; of a recurrent layer its state h. [outputSize], valid until the next step.</summary>
    /// <param name="node">Index in its graph.</param>
    /// <param name="graph">Which graph.</param>
    public ReadOnlySpan<double> Hidden(int node, GraphPart graph = GraphPart.Main) => LayerAt(node, graph).Output;

    /// <summary>c of an LSTM, [cellSize], valid until the next step; empty for other layers.</summary>
    /// <param name="node">Index in its graph.</param>
    /// <param name="graph">Which graph.</param>
    public ReadOnlySpan<double> Cell(int node, GraphPart graph = GraphPart.Main) => LayerAt(node, graph).Cell;

    /// <summary>A raw sample of one channel, standardised: two separately rounded float32 operations, then the clip.</summary>
    internal static float Standardise(Preprocessing preprocessing, float raw, int channel)
    {
        float centred = raw - preprocessing.Mean[channel];
        float scaled = centred * preprocessing.InverseScale[channel];
        return (float)ReferenceMath.Clip(scaled, preprocessing.Clip);
    }

    private double[]? StepInput()
    {
        if (_window != null) return StepWindow(_window) ? _answer : null;
        if (!_main.Step()) return null;
        _main.CopyOutput(_answer);
        return _answer;
    }

    private ReferenceLayer LayerAt(int node, GraphPart graph) =>
        (graph == GraphPart.Main ? _main : _decoder ?? throw new ArgumentException("the model has no decoder", nameof(graph)))
        .LayerAt(node);
}
