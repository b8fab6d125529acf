using System;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>What every refusal must be: the code, one line, the place in words, and the same verdict from the second reader.</summary>
internal static class Refusal
{
    /// <summary>Bits of floats for fields.</summary>
    public const long NaN = 0x7FC00000, Infinity = 0x7F800000, MinusOne = 0xBF800000;

    private const long BytesPerBlock = 2 * 600;

    // Reading makes arrays, matrices (a copy each, the gates of a GRU two), names and layers out of at most as many bytes of the file:
    // 64 times covers a group of a convolution, an object and two arrays for four bytes. Tensors used again are copied at most twice.
    // A block of a quantized matrix takes two objects and ten arrays, 16-bit weights have two of them, and either graph has its own.
    public static long MostBytes(byte[] file) =>
        64L * file.Length + 2 * 4 * ModelLimits.MaxSharedElements + 2 * BytesPerBlock * ModelLimits.MaxGroups + (1 << 20);

    public static void Expect(byte[] file, ModelErrorCode code, string words)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ModelException refusal = Assert.Throws<ModelException>(() => Model.Load(file));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before <= MostBytes(file), "allocated more than the bound");
        CheckMessage(refusal, code, words);
        Assert.Throws<FormatException>(() => SecondReader.Read(file));
    }

    /// <summary>The writer passes on what the reader says about its own output.</summary>
    public static void Expect(RecurrentGraph graph, ModelErrorCode code, string words)
    {
        ConversionException refusal = Assert.Throws<ConversionException>(() => ErnnWriter.Write(graph));
        CheckMessage(Assert.IsType<ModelException>(refusal.InnerException), code, words);
    }

    /// <summary>As for a float graph.</summary>
    public static void Expect(QuantizedGraph graph, ModelErrorCode code, string words)
    {
        ConversionException refusal = Assert.Throws<ConversionException>(() => ErnnWriter.Write(graph));
        CheckMessage(Assert.IsType<ModelException>(refusal.InnerException), code, words);
    }

    public static void ExpectOneWrongField(string file, string field, long value, ModelErrorCode code, string words)
    {
        byte[] valid = ValidFiles.Named(file);
        Model.Load(valid);
        SecondReader.Read(valid);
        Expect(ErnnEdit.With(valid, field, value), code, words);
    }

    public static void CheckMessage(ModelException refusal, ModelErrorCode code, string words)
    {
        Assert.Equal(code, refusal.Code);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("; " + ModelException.Remedy(code), refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }
}
