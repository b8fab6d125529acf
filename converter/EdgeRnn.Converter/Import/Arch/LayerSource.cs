using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>What a layer reader is given: the layer's object, its name, what it reads, and where tensors come from.</summary>
/// <param name="Body">The layer's object; <c>name</c>, <c>kind</c> and <c>inputs</c> have been read.</param>
/// <param name="Name">The layer's name.</param>
/// <param name="Inputs">What it reads, concatenated.</param>
/// <param name="Tensors">Resolves tensor references.</param>
internal sealed record LayerSource(SourceObject Body, string Name, IReadOnlyList<Segment> Inputs, TensorReferences Tensors)
{
    /// <summary>Features the layer reads per time step.</summary>
    public int InputSize => Segment.TotalLength(Inputs);

    /// <summary>The bound on pre-activations, 0 for none.</summary>
    public float PreActivationClip()
    {
        if (Body.Optional("preActivationClip") is not { } clip) return 0;
        float bound = clip.AsNumber();
        return bound > 0 ? bound : throw clip.Fail($"expected a bound above 0, found {clip.Found}; leave it out for none");
    }

    /// <summary>
    /// The biases of a recurrent layer: <c>bias</c> alone, or <c>inputBias</c> and <c>recurrentBias</c>, or none.
    /// </summary>
    /// <param name="length">Elements each has to have.</param>
    public (Tensor? Input, Tensor? Recurrent) Biases(int length)
    {
        (string Key, SourceValue Value)? input = Body.OneOf("bias", "inputBias");
        SourceValue? recurrent = Body.Optional("recurrentBias");
        if (input is { Key: "bias" } && recurrent is { } second)
            throw second.Fail("goes with 'inputBias'; 'bias' is the only bias of its layer");
        return (Tensors.OptionalVector(input?.Value, length), Tensors.OptionalVector(recurrent, length));
    }
}
