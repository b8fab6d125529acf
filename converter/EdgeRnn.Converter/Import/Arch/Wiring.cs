using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>
/// The names of one graph's values and what they stand for. A place that reads values writes a name, a slice
/// <c>{"from": "gru1", "offset": 0, "size": 8}</c>, or a list of these, which is their concatenation.
/// </summary>
internal sealed class Wiring
{
    /// <summary>The name of the graph's input.</summary>
    public const string Input = "input";

    private readonly Dictionary<string, int> _values = new() { [Input] = 0 };
    private readonly List<int> _sizes;

    public Wiring(int inputSize) => _sizes = [inputSize];

    /// <summary>All of the value made last: what a layer reads that does not say.</summary>
    public Segment Latest => new(_sizes.Count - 1, 0, _sizes[^1]);

    /// <summary>Adds the output of the next layer under its name.</summary>
    public void Add(string name, int size)
    {
        _values.Add(name, _sizes.Count);
        _sizes.Add(size);
    }

    /// <summary>The index of a layer among the nodes of its graph.</summary>
    public int NodeIndex(SourceValue name)
    {
        int value = Find(name);
        return value > 0 ? value - 1 : throw name.Fail("the input is not a layer");
    }

    /// <summary>What a place reads.</summary>
    public IReadOnlyList<Segment> Read(SourceValue value)
    {
        Segment[] segments = value.Element.ValueKind == JsonValueKind.Array ? [.. value.AsList().Select(ReadOne)] : [ReadOne(value)];
        long total = segments.Sum(segment => (long)segment.Length);
        return total <= ModelLimits.MaxFeatures ? segments
            : throw value.Fail($"expected at most {ModelLimits.MaxFeatures} features in all, found {total}");
    }

    private Segment ReadOne(SourceValue value)
    {
        if (value.Element.ValueKind != JsonValueKind.Object)
        {
            int whole = Find(value);
            return new Segment(whole, 0, _sizes[whole]);
        }
        SourceObject slice = value.AsObject();
        int from = Find(slice.Required("from"));
        int offset = slice.Required("offset").AsInteger(0);
        int size = slice.Required("size").AsInteger(1);
        slice.Close();
        if ((long)offset + size > _sizes[from])
            throw slice.Fail($"features {offset} to {(long)offset + size - 1} are asked for, there are {_sizes[from]}");
        return new Segment(from, offset, size);
    }

    private int Find(SourceValue name)
    {
        string text = name.AsText();
        return _values.TryGetValue(text, out int value) ? value
            : throw name.Fail($"no layer {SourceValue.Quote(text)} stands before this place; there are " +
                SourceText.List([.. _values.Keys]));
    }
}
