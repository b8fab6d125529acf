using System;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Converter.Quantize.Reference;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantize;

/// <summary>
/// One recurrent layer in integers beside float64 with the true functions and the same weights, step by step over the same 16-bit input.
/// </summary>
internal sealed class DriftRun
{
    private readonly Session _session;
    private readonly ReferenceRun _reference;
    private readonly short[] _input;
    private readonly short[] _answer;
    private readonly double[] _sample;
    private readonly double _unit;

    /// <param name="node">The layer, reading the first value.</param>
    /// <param name="inputSize">Features, within +-1.</param>
    /// <param name="scheme">Bits of its weights.</param>
    public DriftRun(GraphNode node, int inputSize, Scheme scheme)
    {
        RecurrentGraph graph = Quantizer.Prepare(new RecurrentGraph
        {
            Name = "drift",
            Main = new Subgraph { InputSize = inputSize, Nodes = [node], Outputs = [new(1, 0, node.OutputSize)] },
            // Tells the input's range without a recording.
            Preprocessing = new Preprocessing(new float[inputSize], [.. Enumerable.Repeat(1f, inputSize)], 1),
        });
        QuantizedGraph quantized = Quantizer.Quantize(graph, IntervalBounds.Of(graph), new QuantizationSettings { Default = scheme });
        _session = new Session(Model.Load(ErnnWriter.Write(quantized)));
        _reference = new ReferenceRun(quantized.Dequantized());
        _input = new short[inputSize];
        _sample = new double[inputSize];
        _answer = new short[node.OutputSize];
        _unit = Math.ScaleB(1, -_session.Model.OutputFractionBits(0));
    }

    /// <summary>What float64 answers to the step before.</summary>
    public double[] Expected { get; private set; } = [];

    /// <summary>The largest |h - reference| in each of ten equal parts of a run.</summary>
    /// <param name="steps">Steps of the run, a multiple of ten.</param>
    /// <param name="signal">The input of a feature at a step, within +-1.</param>
    public double[] Curve(int steps, Func<int, int, double> signal)
    {
        double[] curve = new double[10];
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < _input.Length; i++)
            {
                _input[i] = (short)Math.Round(signal(step, i) * short.MaxValue);
                _sample[i] = Math.ScaleB(_input[i], -_session.Model.InputFractionBits);
            }
            _session.StepQuantized(_input, 0, _answer, 0);
            Expected = _reference.StepStandardised(_sample)!;
            int tenth = (int)(10L * step / steps);
            for (int i = 0; i < _answer.Length; i++)
                curve[tenth] = Math.Max(curve[tenth], Math.Abs(_answer[i] * _unit - Expected[i]));
        }
        return curve;
    }
}
