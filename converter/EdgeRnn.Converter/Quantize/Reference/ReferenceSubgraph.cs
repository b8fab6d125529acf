using System;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>The layers of one graph in double precision, run in order, each when its input arrives.</summary>
internal sealed class ReferenceSubgraph
{
    private readonly ReferenceLayer[] _layers;
    private readonly Segment[][] _inputs;  // of each layer
    private readonly double[][] _gathered; // of each layer; empty where it reads one piece
    private readonly double[][] _values;   // 0 the input, k the output of layer k - 1
    private readonly bool[] _arrived;      // of each value, in the step at hand
    private readonly Segment[] _outputs;
    private readonly SignalTap[] _taps;    // of each value

    public ReferenceSubgraph(Subgraph graph, GraphPart part, ISignalObserver? observer, IProductObserver? products)
    {
        int count = graph.Nodes.Count;
        _taps = [.. Enumerable.Range(0, count + 1).Select(value => new SignalTap(observer, products, part, value))];
        _layers = [.. graph.Nodes.Select((node, i) => ReferenceLayer.Create(node, _taps[i + 1]))];
        _inputs = [.. graph.Nodes.Select(node => node.Inputs.ToArray())];
        _gathered = [.. graph.Nodes.Select(node => new double[node.Inputs.Count == 1 ? 0 : node.InputSize])];
        _values = [new double[graph.InputSize], .. _layers.Select(layer => layer.Output)];
        _arrived = new bool[count + 1];
        _outputs = [.. graph.Outputs];
        OutputSize = graph.OutputSize;
        Reset();
    }

    /// <summary>[inputSize] what the next step reads; the caller writes it.</summary>
    public double[] Input => _values[0];

    public int OutputSize { get; }

    public ReferenceLayer LayerAt(int node) => _layers[node];

    public void Reset()
    {
        foreach (ReferenceLayer layer in _layers) layer.Reset();
    }

    /// <summary>One time step over <see cref="Input"/>.</summary>
    /// <returns>Whether the answer arrived.</returns>
    public bool Step()
    {
        _arrived[0] = true;
        _taps[0].Show(Signal.Output, Input);
        for (int i = 0; i < _layers.Length; i++)
        {
            ReferenceLayer layer = _layers[i];
            _arrived[i + 1] = _arrived[_inputs[i][0].Value] && layer.Step(Gather(i));
            if (_arrived[i + 1]) _taps[i + 1].Show(Signal.Output, layer.Output);
        }
        return _arrived[_outputs[0].Value];
    }

    /// <summary>Copies the answer, [OutputSize].</summary>
    public void CopyOutput(Span<double> target) => Copy(_outputs, target);

    /// <summary>Copies pieces of values, one after another.</summary>
    public void Copy(ReadOnlySpan<Segment> segments, Span<double> target)
    {
        foreach (Segment segment in segments)
        {
            Piece(segment).CopyTo(target);
            target = target[segment.Length..];
        }
    }

    private ReadOnlySpan<double> Gather(int layer)
    {
        Segment[] inputs = _inputs[layer];
        if (inputs.Length == 1) return Piece(inputs[0]);
        Copy(inputs, _gathered[layer]);
        return _gathered[layer];
    }

    private ReadOnlySpan<double> Piece(Segment segment) => _values[segment.Value].AsSpan(segment.Offset, segment.Length);
}
