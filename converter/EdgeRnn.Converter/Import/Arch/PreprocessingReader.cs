using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>Reads the key <c>preprocessing</c>: what happens to the raw input before the first layer.</summary>
internal static class PreprocessingReader
{
    /// <summary>Reads the object.</summary>
    public static Preprocessing Read(SourceObject body, TensorReferences tensors, int inputSize)
    {
        IReadOnlyList<string> channels = Names(body.Optional("channels"), inputSize);
        IReadOnlyList<string> units = Names(body.Optional("units"), inputSize);
        (float[] mean, float[] inverseScale, float clip) = StandardisationReader.Read(body, tensors, inputSize);
        body.Close();
        return new Preprocessing(mean, inverseScale, clip) { ChannelNames = channels, ChannelUnits = units };
    }

    private static string[] Names(SourceValue? value, int count)
    {
        if (value is not { } list) return [];
        string[] names = [.. list.AsList().Select(item => item.AsText())];
        return names.Length == count ? names : throw list.Fail($"expected {count} texts, one per input feature; found {names.Length}");
    }
}
