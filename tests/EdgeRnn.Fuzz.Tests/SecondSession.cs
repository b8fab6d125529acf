using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Tests;

/// <summary>A graph running: in double precision, or a quantized one in integers.</summary>
internal sealed class SecondGraphRun
{
    private readonly SecondGraph _graph;
    private readonly double[][] _values;
    private readonly bool[] _arrived;

    public SecondGraphRun(SecondGraph graph)
    {
        _graph = graph;
        _values = new double[graph.Layers.Length + 1][];
        _arrived = new bool[_values.Length];
        Layers = Array.ConvertAll(graph.Layers, Run);
        Reset();
    }

    public SecondLayerRun[] Layers { get; }

    public bool OutputArrived => _arrived[_graph.Outputs[0].Value];

    public double[] Output => Read(_graph.Outputs);

    public void Reset()
    {
        foreach (SecondLayerRun layer in Layers) layer.Reset();
    }

    public void Step(double[] input)
    {
        _values[0] = input;
        _arrived[0] = true;
        for (int i = 0; i < Layers.Length; i++)
        {
            SecondSegment[] inputs = _graph.Layers[i].Inputs;
            double[]? output = _arrived[inputs[0].Value] ? Layers[i].Step(Read(inputs)) : null;
            _arrived[i + 1] = output != null;
            if (output != null) _values[i + 1] = output;
        }
    }

    private SecondLayerRun Run(SecondLayer layer) => !_graph.IsQuantized ? new SecondFloatRun(layer)
        : layer.IsInteger ? new SecondIntegerRun(layer) : new SecondIslandRun(layer);

    /// <summary>The pieces as they last arrived, one after another.</summary>
    public double[] Read(SecondSegment[] pieces) =>
        pieces.SelectMany(piece => _values[piece.Value].Skip(piece.Offset).Take(piece.Length)).ToArray();
}

/// <summary>A model running step by step, as FORMAT.md describes it: standardiser, graph, windows, decoder.</summary>
internal sealed class SecondSession
{
    private readonly SecondModel _model;
    private readonly List<double[]> _window = [];
    private readonly List<double[]> _frames = [];
    private double[][] _answer = [];
    private double[] _decoderInput = [];
    private int _position;

    public SecondSession(SecondModel model)
    {
        _model = model;
        Main = new SecondGraphRun(model.Main);
        if (model.Graphs.Count == 2) Decoder = new SecondGraphRun(model.Decoder);
    }

    public SecondGraphRun Main { get; }

    public SecondGraphRun? Decoder { get; }

    public int Position => _position;

    /// <summary>The samples of the window so far, where a window keeps them.</summary>
    public IEnumerable<double> KeptInputs => _model.Window is { } window && (window.ReversedInput || window.Hop < window.WindowLength)
        ? _window.SelectMany(sample => sample)
        : [];

    public int DecoderStepsLeft { get; private set; }

    /// <summary>The answer of one more step, or null; of a quantized model in its values.</summary>
    public double[]? Step(float[] raw)
    {
        double[] input = Standardise(raw);
        return StepValues(_model.IsQuantized ? Array.ConvertAll(input, x => SecondIslandRun.Value(x, _model.Main.InputBits)) : input);
    }

    /// <summary>The same for whole numbers, standardised in integers.</summary>
    public double[]? StepCounts(short[] counts)
    {
        SecondCounts form = _model.Input!.Counts!;
        return StepValues([.. counts.Select((count, i) =>
            (double)Math.Clamp(SecondIntegers.Round((Int128)count * form.Multipliers[i] + form.Offsets[i], form.Shifts[i]), form.Lowest, form.Highest))]);
    }

    /// <summary>The same for a standardised sample, of a quantized model in values.</summary>
    public double[]? StepValues(double[] input)
    {
        return _model.Window switch
        {
            null => StepMain(input),
            { Endless: true } window => StepEndless(window, input),
            { } window => StepWindow(window, input),
        };
    }

    private double[] Standardise(float[] raw)
    {
        if (_model.Input is not { } standardiser) return Array.ConvertAll(raw, value => (double)value);
        return raw.Select((value, i) =>
        {
            float difference = value - standardiser.Mean[i];
            return SecondMath.Clip((float)(difference * standardiser.InverseScale[i]), standardiser.Clip);
        }).ToArray();
    }

    private double[]? StepMain(double[] input)
    {
        Main.Step(input);
        return Main.OutputArrived ? Main.Output : null;
    }

    private double[]? StepEndless(SecondWindow window, double[] input)
    {
        Main.Step(input);
        if (++_position == window.Hop)
        {
            _position = 0;
            StartDecoder(window);
        }
        return Decode(window);
    }

    private double[]? StepWindow(SecondWindow window, double[] input)
    {
        double[]? answer = null;
        _window.Add(input);
        if (!window.ReversedInput) answer = StepCollecting(input);
        if (window.Answer != SecondWindow.EveryStep) answer = null;
        if (++_position == window.WindowLength)
        {
            if (window.ReversedInput)
            {
                for (int i = _window.Count - 1; i >= 0; i--) StepCollecting(_window[i]);
            }
            if (window.Answer == SecondWindow.LastStep) answer = Main.Output;
            if (window.Answer == SecondWindow.AllSteps) answer = _frames.SelectMany(frame => frame).ToArray();
            if (window.Answer == SecondWindow.DecoderAnswer) StartDecoder(window);
            StartNextWindow(window);
        }
        return answer ?? Decode(window);
    }

    private double[]? StepCollecting(double[] input)
    {
        double[]? output = StepMain(input);
        if (output != null) _frames.Add(output);
        return output;
    }

    private void StartNextWindow(SecondWindow window)
    {
        if (!window.CarriesState) Main.Reset();
        _frames.Clear();
        _window.RemoveRange(0, window.Hop);
        _position = _window.Count;
        if (window.ReversedInput) return;
        foreach (double[] shared in _window) StepCollecting(shared);
    }

    private void StartDecoder(SecondWindow window)
    {
        Decoder!.Reset();
        foreach (SecondLink link in window.Links)
        {
            SecondLayerRun from = Main.Layers[link.Layer], to = Decoder.Layers[link.DecoderLayer];
            to.Take(from, link);
        }
        _decoderInput = window.DecoderInput.Length > 0 ? Main.Read(window.DecoderInput) : new double[_model.Decoder.InputSize];
        _answer = new double[window.DecoderSteps][];
        DecoderStepsLeft = window.DecoderSteps;
    }

    private double[]? Decode(SecondWindow window)
    {
        if (DecoderStepsLeft == 0) return null;
        int due = window.StepsPerTick == 0 ? DecoderStepsLeft : Math.Min(DecoderStepsLeft, window.StepsPerTick);
        for (; due > 0; due--)
        {
            Decoder!.Step(_decoderInput);
            int step = window.DecoderSteps - DecoderStepsLeft--;
            _answer[window.ReversedTarget ? window.DecoderSteps - 1 - step : step] = Decoder.Output;
            if (window.Feedback == SecondWindow.Autoregressive) _decoderInput = Decoder.Output;
        }
        return DecoderStepsLeft == 0 ? _answer.SelectMany(frame => frame).ToArray() : null;
    }
}
