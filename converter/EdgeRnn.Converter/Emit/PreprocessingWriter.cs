using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Emit;

/// <summary>Writes section PREP: how raw input is standardised, in float and, for quantized models, in integers.</summary>
internal static class PreprocessingWriter
{
    private const int IntegerForm = 1;

    /// <summary>The payload; empty without preprocessing.</summary>
    /// <param name="preprocessing">What the model was trained with, or null.</param>
    /// <param name="inputBits">Fraction bits of a quantized model's input; null for a float model.</param>
    public static byte[] Write(Preprocessing? preprocessing, int? inputBits)
    {
        if (preprocessing == null) return [];
        int channels = preprocessing.Mean.Length;
        ByteWriter writer = new();
        writer.Int32(channels);
        writer.Int32(inputBits == null ? 0 : IntegerForm);
        writer.Single(preprocessing.Clip);
        writer.Singles(preprocessing.Mean);
        writer.Singles(preprocessing.InverseScale);
        for (int channel = 0; channel < channels; channel++)
        {
            writer.ShortText(preprocessing.ChannelNames.ElementAtOrDefault(channel) ?? "");
            writer.ShortText(preprocessing.ChannelUnits.ElementAtOrDefault(channel) ?? "");
        }
        if (inputBits is { } bits) WriteIntegerForm(writer, preprocessing, bits);
        return writer.ToArray();
    }

    private static void WriteIntegerForm(ByteWriter writer, Preprocessing preprocessing, int inputBits)
    {
        CountScale[] scales =
            [.. preprocessing.Mean.Select((mean, i) => CountScale.Of(mean, preprocessing.InverseScale[i], inputBits))];
        (int lowest, int highest) = CountScale.Limits(preprocessing.Clip, inputBits);
        writer.Int32(lowest);
        writer.Int32(highest);
        foreach (CountScale scale in scales) writer.Int64(scale.Offset);
        foreach (CountScale scale in scales) writer.Int32(scale.Multiplier);
        foreach (CountScale scale in scales) writer.Byte(scale.Shift);
    }
}
