using System.Collections.Generic;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>
/// A dictionary (plain or collections.OrderedDict) as a pickle fills it, in order of first appearance of each key.
/// </summary>
internal sealed class PickleDictionary
{
    private readonly Dictionary<string, int> _indexByText = [];

    /// <summary>The pairs.</summary>
    public List<KeyValuePair<object?, object?>> Pairs { get; } = [];

    /// <summary>
    /// Whether a tensor was ever set. Kept, not searched for: a small pickle can name one large dictionary many times.
    /// </summary>
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
