using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>Collects the layers of the canonical graph as the operators are evaluated.</summary>
internal sealed class GraphBuilder
{
    /// <summary>Features of all layers together.</summary>
    private const int MaxTotalFeatures = 1 << 21;

    private readonly List<GraphNode> _nodes = [];
    private int _features;
    private readonly HashSet<string> _names = [];
    private readonly List<(long Period, long First)> _clocks = [(1, 0)];
    private readonly List<bool> _stateless = [true];

    /// <summary>Features of the model's input, value 0.</summary>
    public int InputSize { get; private set; }

    /// <summary>The layers so far.</summary>
    public IReadOnlyList<GraphNode> Nodes => _nodes;

    /// <summary>Appends features to the model's input.</summary>
    /// <returns>The first of them.</returns>
    public int AddInput(int features)
    {
        InputSize += features;
        return InputSize - features;
    }

    /// <summary>Adds a layer.</summary>
    /// <param name="source">The operator it stands for.</param>
    /// <param name="make">Makes the layer under the name it is given.</param>
    /// <returns>The elements of its output.</returns>
    public StreamElement[] Add(OnnxNode source, Func<string, GraphNode> make)
    {
        if (_nodes.Count == ModelLimits.MaxNodes)
            throw source.Refuse($"the model needs more than {ModelLimits.MaxNodes} layers");
        GraphNode node = make(UniqueName(source));
        if (node.OutputSize is < 1 or > ModelLimits.MaxFeatures)
            throw source.Refuse($"makes {node.OutputSize} features per step, expected 1 to {ModelLimits.MaxFeatures}");
        _features += node.OutputSize;
        if (_features > MaxTotalFeatures) throw source.Refuse($"all layers together make more than {MaxTotalFeatures} features per step");
        (long period, long first) = _clocks[node.Inputs[0].Value];
        if (node is ConvNode conv)
        {
            long reach = (conv.Weights.Shape[2] - 1L) * conv.Dilation;
            first += conv.PaddedStart ? 0 : period * reach;
            period *= conv.Stride;
        }
        _clocks.Add((period, first));
        _stateless.Add(node is not (RnnNode or LstmNode or GruNode or ConvNode { PaddedStart: true })
            && node.Inputs.All(segment => _stateless[segment.Value]));
        _nodes.Add(node);
        return [.. Enumerable.Range(0, node.OutputSize).Select(offset => new StreamElement(ElementKind.Value, _nodes.Count, offset))];
    }

    /// <summary>Whether a value depends on nothing but the steps its convolutions see, so that windows need no fresh start.</summary>
    public bool IsStateless(int value) => _stateless[value];

    /// <summary>The pieces of values that hold these elements, neighbours joined.</summary>
    /// <param name="refuse">Makes the error that names the reader.</param>
    /// <param name="elements">What it reads, in order.</param>
    /// <exception cref="ConversionException">A state is read as data, or the elements do not arrive at the same steps.</exception>
    public IReadOnlyList<Segment> Segments(Func<string, ConversionException> refuse, IReadOnlyList<StreamElement> elements)
    {
        if (elements.Count is 0 or > ModelLimits.MaxFeatures)
            throw refuse($"reads {elements.Count} features per step, expected 1 to {ModelLimits.MaxFeatures}");
        List<Segment> segments = [];
        foreach (StreamElement element in elements)
        {
            if (element.Kind == ElementKind.CellState)
                throw refuse("reads the cell state c of an LSTM, which stays inside its layer; use h (Y or Y_h)");
            if (element.Lag > 0)
                throw refuse("reads earlier steps of a window, which only a matrix product can (Gemm, MatMul, ReduceMean); let one come first");
            if (element.Kind == ElementKind.StateInput)
                throw refuse("reads a state input itself; only RNN, LSTM and GRU nodes can start from a state");
            if (segments.Count > 0 && segments[^1] is var last && last.Value == element.Source && last.Offset + last.Length == element.Offset)
                segments[^1] = last with { Length = last.Length + 1 };
            else
                segments.Add(new Segment(element.Source, element.Offset, 1));
        }
        RequireOneClock(refuse, segments);
        return segments;
    }

    private void RequireOneClock(Func<string, ConversionException> refuse, List<Segment> segments)
    {
        (long period, long first) = _clocks[segments[0].Value];
        foreach (Segment segment in segments)
        {
            (long otherPeriod, long otherFirst) = _clocks[segment.Value];
            if (otherPeriod != period || otherFirst != first)
            {
                throw refuse($"mixes values that arrive at different steps (first at step {first}, then every {period}; first at " +
                    $"step {otherFirst}, then every {otherPeriod}); pad the convolutions at the start and give them equal strides");
            }
        }
    }

    private string UniqueName(OnnxNode source)
    {
        string wanted = source.Name.Length > 0 ? source.Name : source.Operator.ToLowerInvariant();
        string name = wanted;
        for (int number = 2; !_names.Add(name); number++) name = string.Create(CultureInfo.InvariantCulture, $"{wanted} {number}");
        return name;
    }
}
