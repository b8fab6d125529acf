using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.KerasJson;

/// <summary>One element of <c>layers</c>, the keys all types share already read.</summary>
/// <param name="Type">Its type, one that is known.</param>
/// <param name="Name">Its name in messages.</param>
/// <param name="Body">Its object, for the keys of its type.</param>
/// <param name="Reads">What it reads: the output of the layer before it.</param>
/// <param name="FirstNode">Index the first node it makes will have.</param>
/// <param name="InputShape">The shape of what it reads, [batch, steps, features] or [batch, features]; null is unknown.</param>
/// <param name="Shape">The shape of what it makes.</param>
/// <param name="Weights">Its arrays as the file has them.</param>
/// <param name="Notes">What the user should know.</param>
internal sealed record KerasLayer(string Type, string Name, SourceObject Body, Segment Reads, int FirstNode,
    int?[] InputShape, int?[] Shape, IReadOnlyList<SourceValue> Weights, ICollection<string> Notes)
{
    /// <summary>The end of messages about shapes and weights that disagree.</summary>
    public const string Contradiction = "the file contradicts itself, export it again";

    /// <summary>Features it reads.</summary>
    public int InputSize => Reads.Length;

    /// <summary>What it reads, as a node wants it.</summary>
    public IReadOnlyList<Segment> Inputs => [Reads];

    /// <summary>Reads the keys all types share.</summary>
    public static KerasLayer Read(SourceValue value, int index, IEnumerable<string> types, Segment reads, int firstNode,
        int?[] inputShape, ICollection<string> notes)
    {
        SourceObject body = value.AsObject();
        SourceValue type = body.Required("type");
        string word = type.AsText();
        if (!types.Contains(word))
            throw type.Fail($"layer type {type.Found} is not supported in this format; expected one of {string.Join(", ", types)}");
        string ordinal = $"{(word == "time-distributed-dense" ? "dense" : word)}{index}";
        string name = SourceText.Show(body.Optional("name")?.AsText() ?? ordinal);
        SourceValue weights = body.Required("weights");
        SourceValue[] arrays = weights.Element.ValueKind == JsonValueKind.Array && weights.Element.GetArrayLength() == 0
            ? [] : [.. weights.AsList()];
        return new KerasLayer(word, name, body, reads, firstNode, inputShape, ReadShape(body.Required("shape")), arrays, notes);
    }

    /// <summary>A Keras shape; null stands for an axis of any size.</summary>
    public static int?[] ReadShape(SourceValue value)
    {
        int?[] shape = [.. value.AsList().Select(size =>
            size.Element.ValueKind == JsonValueKind.Null ? (int?)null : size.AsInteger(1, ModelLimits.MaxFeatures))];
        return shape.Length is 2 or 3 ? shape
            : throw value.Fail($"expected [batch, steps, features] or [batch, features], found {shape.Length} axes");
    }

    /// <summary>One of the arrays, its shape checked.</summary>
    /// <param name="index">Which.</param>
    /// <param name="shape">The sizes it has to have; -1 for any.</param>
    public Tensor Weight(int index, params int[] shape)
    {
        Tensor tensor = NumberArray.Read(Weights[index]);
        bool fits = tensor.Rank == shape.Length && !tensor.Shape.Where((size, axis) => shape[axis] >= 0 && shape[axis] != size).Any();
        string wanted = string.Join(", ", shape.Select(size => size < 0 ? "any" : size.ToString(CultureInfo.InvariantCulture)));
        return fits ? tensor
            : throw Weights[index].Fail($"{Name}: expected [{wanted}], found {tensor.ShapeText}; {Contradiction}");
    }

    /// <summary>Checks how many arrays there are.</summary>
    /// <param name="what">What they are, for the message.</param>
    /// <param name="counts">The numbers allowed.</param>
    public void ExpectWeights(string what, params int[] counts)
    {
        if (!counts.Contains(Weights.Count))
            throw Body.Fail($"{Name}: expected {string.Join(" or ", counts)} weight arrays ({what}), found {Weights.Count}");
    }
}
