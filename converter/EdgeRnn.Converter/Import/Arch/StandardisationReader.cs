using System;
using System.Linq;
using EdgeRnn.Converter.Import.Json;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>
/// The keys mean, std or inverseScale, and clip: shared by the preprocessing and by layers of kind standardise.
/// </summary>
internal static class StandardisationReader
{
    /// <summary>Reads the three parts.</summary>
    /// <param name="body">The object they stand in.</param>
    /// <param name="tensors">Resolves the references.</param>
    /// <param name="size">Features that are standardised.</param>
    /// <returns>The mean (zeros where absent), 1 / standard deviation, and the bound on the result (0 for none).</returns>
    public static (float[] Mean, float[] InverseScale, float Clip) Read(SourceObject body, TensorReferences tensors, int size)
    {
        float[] mean = (tensors.OptionalVector(body.Optional("mean"), size) ?? tensors.Filled(body.Place, 0, size)).Data;
        float[] inverseScale;
        if (body.OneOf("std", "inverseScale") is not { } scale)
        {
            inverseScale = tensors.Filled(body.Place, 1, size).Data;
        }
        else
        {
            inverseScale = tensors.Vector(scale.Value, size).Data;
            if (scale.Key == "std") inverseScale = Array.ConvertAll(inverseScale, deviation => (float)(1.0 / deviation));
            if (!inverseScale.All(float.IsFinite)) throw scale.Value.Fail("every value has to be finite and, as a deviation, not zero");
        }
        if (body.Optional("clip") is not { } clip) return (mean, inverseScale, 0);
        float bound = clip.AsNumber();
        return bound > 0 ? (mean, inverseScale, bound)
            : throw clip.Fail($"expected a bound above 0, found {clip.Found}; leave it out for none");
    }
}
