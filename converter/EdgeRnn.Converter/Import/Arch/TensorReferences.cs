using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>
/// Turns the tensor references of an ARCH file into tensors: a name, an inline constant, or an object that says which part
/// of what and how to turn it. The order of the operations is fixed: flat or reshape, rows, columns, transpose, scale.
/// </summary>
internal sealed class TensorReferences
{
    /// <summary>
    /// Elements all references of a document may produce together. References can repeat a tensor any number of times, so
    /// the size of the files does not bound the memory by itself.
    /// </summary>
    private const long ElementBudget = 1L << 26;

    private readonly NamedTensors _container;
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private long _elements;

    public TensorReferences(NamedTensors container)
    {
        _container = container;
        _names = new HashSet<string>(container.Names, StringComparer.Ordinal);
    }

    /// <summary>Names of the container's tensors no reference has asked for, in file order.</summary>
    public IEnumerable<string> Unused => _container.Names.Where(name => !_used.Contains(name));

    /// <summary>The container's name without its folder, for messages.</summary>
    public string SourceName => Path.GetFileName(Path.TrimEndingDirectorySeparator(_container.Source));

    /// <summary>A reference as it comes, of any shape.</summary>
    public Tensor Resolve(SourceValue reference)
    {
        Tensor tensor = reference.Element.ValueKind switch
        {
            JsonValueKind.String => FromContainer(reference),
            JsonValueKind.Array => NumberArray.Read(reference),
            JsonValueKind.Object => FromObject(reference.AsObject()),
            _ => throw reference.Fail($"expected a tensor: a name, an array of numbers or an object; found {reference.Found}"),
        };
        Charge(reference, tensor.Data.Length);
        int broken = Array.FindIndex(tensor.Data, value => !float.IsFinite(value));
        return broken < 0 ? tensor
            : throw reference.Fail($"element {broken} is {tensor.Data[broken]}; expected finite numbers, check the training and " +
                "the scale");
    }

    /// <summary>A matrix.</summary>
    /// <param name="reference">Where it comes from.</param>
    /// <param name="rows">Rows it has to have, or null.</param>
    /// <param name="columns">Columns it has to have, or null.</param>
    public Tensor Matrix(SourceValue reference, int? rows, int? columns)
    {
        Tensor tensor = Resolve(reference);
        if (Fits(tensor, rows, columns)) return tensor;
        string hint = tensor.Rank == 2 && Fits(tensor.Transpose(), rows, columns) ? "add \"transpose\": true"
            : tensor.Rank == 2 ? "check the sizes of the layers before" : "add \"reshape\"";
        throw reference.Fail($"expected [{rows?.ToString() ?? "rows"}, {columns?.ToString() ?? "columns"}], found " +
            $"{tensor.ShapeText}; {hint}");
    }

    /// <summary>A vector; axes of size one around it do not matter.</summary>
    /// <param name="reference">Where it comes from.</param>
    /// <param name="length">Elements it has to have.</param>
    public Tensor Vector(SourceValue reference, int length)
    {
        Tensor tensor = Resolve(reference);
        if (tensor.Data.Length != length || tensor.Shape.Count(size => size != 1) > 1)
            throw reference.Fail($"expected [{length}], found {tensor.ShapeText}");
        return tensor.Reshape(length);
    }

    /// <summary>A vector that may be absent.</summary>
    public Tensor? OptionalVector(SourceValue? reference, int length) => reference is { } value ? Vector(value, length) : null;

    /// <summary>A tensor with one value everywhere.</summary>
    /// <param name="place">What asks for it, for messages.</param>
    /// <param name="value">The value.</param>
    /// <param name="shape">Sizes of one or more.</param>
    public Tensor Filled(SourceValue place, float value, params int[] shape)
    {
        long count = TensorParts.Count(shape);
        Charge(place, count);
        float[] data = new float[count];
        Array.Fill(data, value);
        return new Tensor(data, shape);
    }

    private Tensor FromContainer(SourceValue name)
    {
        string text = name.AsText();
        if (_container.TryGet(text, out Tensor? tensor))
        {
            MarkUsed(text);
            return tensor;
        }
        if (_container.Attributes.TryGetValue(text, out string? scalar)
            && float.TryParse(scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out float number))
        {
            return new Tensor([number], 1);
        }
        throw name.Fail($"{SourceText.Show(SourceName)} has no tensor {SourceValue.Quote(text)}; it has " +
            SourceText.List(_container.Names));
    }

    // A name may go on with row numbers behind the name of a tensor that holds a list.
    private void MarkUsed(string name)
    {
        while (!_names.Contains(name)) name = name[..name.LastIndexOf('[')];
        _used.Add(name);
    }

    private Tensor FromObject(SourceObject body)
    {
        (string Key, SourceValue Value)? source = body.OneOf("tensor", "values", "concat", "fill");
        SourceValue? shape = body.Optional("shape"), flat = body.Optional("flat"), reshape = body.Optional("reshape");
        SourceValue? rows = body.Optional("rows"), columns = body.Optional("columns");
        SourceValue? transpose = body.Optional("transpose"), scale = body.Optional("scale");
        body.Close();
        if (source is not { } from) throw body.Fail("a tensor needs one of 'tensor', 'values', 'concat', 'fill'");
        if (shape is { } stray && from.Key != "fill") throw stray.Fail("'shape' belongs to 'fill'; use 'reshape' or 'flat'");
        if (flat != null && reshape is { } both) throw both.Fail("'flat' already gives a shape; keep one of them");

        Tensor tensor = from.Key switch
        {
            "tensor" => FromContainer(from.Value),
            "values" => NumberArray.Read(from.Value),
            "concat" => Concat(from.Value),
            _ => Filled(from.Value, from.Value.AsNumber(), TensorParts.Shape(shape ?? throw body.Fail("'fill' needs a 'shape'"))),
        };
        if (flat is { } piece) tensor = TensorParts.Flat(tensor, piece);
        if (reshape is { } size) tensor = TensorParts.Reshape(tensor, size);
        if (rows is { } someRows) tensor = TensorParts.Rows(tensor, someRows);
        if (columns is { } someColumns) tensor = TensorParts.Columns(tensor, someColumns);
        if (transpose is { } turn && turn.AsFlag()) tensor = TensorParts.Transpose(tensor, turn);
        return scale is { } factor ? tensor.Scale(factor.AsNumber()) : tensor;
    }

    private Tensor Concat(SourceValue list)
    {
        List<Tensor> parts = [];
        List<float> data = [];
        foreach (SourceValue item in list.AsList())
        {
            Tensor part = Resolve(item);
            if (part.Rank == 0) throw item.Fail("a scalar has no rows to concatenate; add \"reshape\": [1]");
            if (parts.Count > 0 && !part.Shape.Skip(1).SequenceEqual(parts[0].Shape.Skip(1)))
                throw item.Fail($"{part.ShapeText} cannot follow {parts[0].ShapeText}: only the number of rows may differ");
            parts.Add(part);
            data.AddRange(part.Data);
        }
        int[] shape = [parts.Sum(part => part.Shape[0]), .. parts[0].Shape.Skip(1)];
        return new Tensor([.. data], shape);
    }

    private void Charge(SourceValue place, long elements)
    {
        _elements += elements;
        if (elements > ElementBudget || _elements > ElementBudget)
        {
            throw place.Fail($"the tensors of this file come to more than {ElementBudget} elements; that is no model for a small " +
                "device");
        }
    }

    private static bool Fits(Tensor tensor, int? rows, int? columns) => tensor.Rank == 2 && tensor.Data.Length > 0
        && (rows ?? tensor.Shape[0]) == tensor.Shape[0] && (columns ?? tensor.Shape[1]) == tensor.Shape[1];
}
