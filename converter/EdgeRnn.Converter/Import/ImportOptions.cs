using System.Collections.Generic;

namespace EdgeRnn.Converter.Import;

/// <summary>What the user says about a source beyond its file.</summary>
public sealed record ImportOptions
{
    /// <summary>Path of an ARCH.json that describes the layers (see converter/ARCH.md), or null.</summary>
    public string? ArchPath { get; init; }

    /// <summary>ONNX graph inputs that become constants: name to the path of a .npy or serialised TensorProto (.pb).</summary>
    public IReadOnlyDictionary<string, string> Bindings { get; init; } = new Dictionary<string, string>();

    /// <summary>ONNX graph inputs that are states: name of the input to name of the output that follows it.</summary>
    public IReadOnlyDictionary<string, string> StatePairs { get; init; } = new Dictionary<string, string>();
}
