using System.Collections.Generic;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>A dictionary (plain or collections.OrderedDict) as a pickle fills it, in order of first appearance of each key.</summary>
internal sealed class PickleDictionary
{
    private readonly Dictionary<string, int> _indexByText = [];

    /// <summary>The pairs.</summary>
    public List<KeyValuePair<object?, object?>> Pairs { get; } = [];

    /// <summary>Whether a tensor was ever set. Kept, not searched for: a small pickle can name one large dictionary many times.</summary>
    public bool HasTensors { get; private set; }

    /// <summary>Sets a pair; a text key that is set again keeps its place.</summary>
    public void Set(object? key, object? value)
    {
        HasTensors |= value is PickleTensor;
        if (key is string text)
        {
            if (_indexByText.TryGetValue(text, out int index))
            {
                Pairs[index] = new(key, value);
                return;
            }
            _indexByText.Add(text, Pairs.Count);
        }
        Pairs.Add(new(key, value));
    }
}

/// <summary>The name of a Python function or class. Nothing is ever looked up or called by it.</summary>
/// <param name="Module">Its module.</param>
/// <param name="Name">Its name in the module.</param>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => SourceText.Show($"{Module}.{Name}");
}

/// <summary>The raw elements a tensor looks at: a file of the archive.</summary>
/// <param name="TypeName">FloatStorage and so on.</param>
/// <param name="Key">The name of the file below data/.</param>
/// <param name="Count">Elements in it, as declared.</param>
internal sealed record PickleStorage(string TypeName, string Key, long Count);

/// <summary>A tensor: a view of a storage. Nothing in it is checked yet.</summary>
/// <param name="Storage">Where the elements are.</param>
/// <param name="Offset">Index of the first element.</param>
/// <param name="Shape">The size of each axis.</param>
/// <param name="Strides">Elements from one index to the next, per axis.</param>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides);
