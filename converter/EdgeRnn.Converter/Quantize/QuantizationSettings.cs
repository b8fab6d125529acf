using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>Which layer is to compute how.</summary>
public sealed record QuantizationSettings
{
    /// <summary>The scheme of layers that are not named.</summary>
    public Scheme Default { get; init; } = Scheme.W8A16;

    /// <summary>Schemes of single layers by name.</summary>
    public IReadOnlyDictionary<string, Scheme> Layers { get; init; } = new Dictionary<string, Scheme>();

    /// <summary>The scheme of a layer.</summary>
    public Scheme Of(string layer) => Layers.TryGetValue(layer, out Scheme scheme) ? scheme : Default;
}
