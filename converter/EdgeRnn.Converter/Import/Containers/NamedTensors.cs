using System;
using System.Collections.Generic;
using System.Globalization;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import;

/// <summary>
/// The tensors of one file or folder, by name, in the order they stand in it. <see cref="Containers.TensorContainer.Read"/>
/// makes them; elements are float32 whatever the source stored.
/// </summary>
public sealed class NamedTensors
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _attributes = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];

    internal NamedTensors(string source) => Source = source;

    /// <summary>The path the tensors were read from, for messages.</summary>
    public string Source { get; }

    /// <summary>The names in file order (folders: in ordinal order).</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Texts, numbers and truth values found beside the tensors, by path: <c>kind</c>, <c>layers[0].type</c>.</summary>
    public IReadOnlyDictionary<string, string> Attributes => _attributes;

    /// <summary>What the reader passed over, one sentence each, to be shown to the user.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The tensor of a name; the tensor is shared, not copied.</summary>
    /// <param name="name">A name of <see cref="Names"/>, or one with row numbers behind it: <c>weights[1]</c>.</param>
    /// <exception cref="ConversionException">There is no such tensor; the message lists those there are.</exception>
    public Tensor this[string name] => TryGet(name, out Tensor? tensor)
        ? tensor
        : throw new ConversionException(
            $"{SourceText.Show(Source)}: there is no tensor {SourceText.Show(name)}; the file holds {SourceText.List(_names)}");

    /// <summary>The tensor of a name, if there is one.</summary>
    /// <param name="name">
    /// A name of <see cref="Names"/>. A row number behind a name selects one entry of the outermost axis, so that a list of
    /// equally shaped tensors in JSON (read as one tensor with one more axis) is reached like a list of different ones.
    /// </param>
    /// <param name="tensor">The tensor, shared and not to be changed.</param>
    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Tensor? tensor)
    {
        if (_tensors.TryGetValue(name, out tensor)) return true;
        // The names in the container are no longer, and the calls below nest once per row number.
        if (name.Length > ContainerLimits.MaxNameLength) return false;
        int bracket = name.LastIndexOf('[');
        if (bracket <= 0 || !name.EndsWith(']')) return false;
        if (!int.TryParse(name.AsSpan(bracket + 1, name.Length - bracket - 2), NumberStyles.None, CultureInfo.InvariantCulture,
            out int row))
            return false;
        if (!TryGet(name[..bracket], out Tensor? whole) || whole.Rank < 2 || row >= whole.Shape[0]) return false;
        tensor = whole.Rows(row, 1).Reshape(whole.Shape[1..]);
        return true;
    }

    /// <summary>False when the names are sorted, so that their order says nothing about the order of the layers.</summary>
    internal bool KeepsModelOrder { get; set; }

    internal void Add(string name, Tensor tensor)
    {
        if (_names.Count >= ContainerLimits.MaxTensors)
        {
            throw new ConversionException(
                $"{SourceText.Show(Source)}: more than {ContainerLimits.MaxTensors} tensors; split the file");
        }
        CheckName(name);
        if (!_tensors.TryAdd(name, tensor))
        {
            throw new ConversionException(
                $"{SourceText.Show(Source)}: two tensors are named {SourceText.Show(name)}; rename one of them");
        }
        _names.Add(name);
    }

    internal void AddAttribute(string name, string value)
    {
        if (_attributes.Count >= ContainerLimits.MaxAttributes)
        {
            throw new ConversionException($"{SourceText.Show(Source)}: more than {ContainerLimits.MaxAttributes} texts and numbers " +
                "beside the tensors; remove what the model does not need");
        }
        CheckName(name);
        if (!_attributes.TryAdd(name, value))
        {
            throw new ConversionException(
                $"{SourceText.Show(Source)}: two values are named {SourceText.Show(name)}; rename one of them");
        }
    }

    internal void AddNote(string note) => _notes.Add(note);

    private void CheckName(string name)
    {
        if (name.Length is 0 or > ContainerLimits.MaxNameLength)
        {
            throw new ConversionException($"{SourceText.Show(Source)}: the name {SourceText.Show(name)} has {name.Length} characters, " +
                $"expected 1 to {ContainerLimits.MaxNameLength}; give every tensor a short name");
        }
    }
}
