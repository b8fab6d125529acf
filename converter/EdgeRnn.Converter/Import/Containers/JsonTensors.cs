using System;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>
/// Numbers in a JSON document as named tensors. A nested array of numbers is a tensor named by its path, and so is an object
/// with "data" and "shape"; an array of tensors with different shapes is a list, each named by its index. Texts, truth values
/// and single numbers become attributes; null and empty arrays are passed over. One pass, no document tree.
/// </summary>
internal static class JsonTensors
{
    /// <summary>Whether a file begins like a JSON object or array.</summary>
    /// <param name="head">The first bytes of the file.</param>
    public static bool Matches(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(Encoding.UTF8.Preamble)) head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        return head.Length > 0 && head[0] is (byte)'{' or (byte)'[';
    }

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">UTF-8, with or without a byte order mark.</param>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="ConversionException">Not JSON, too deep, too large, ragged arrays, or two values of one name.</exception>
    public static NamedTensors Parse(byte[] bytes, string source)
    {
        ReadOnlySpan<byte> text = bytes;
        if (text.StartsWith(Encoding.UTF8.Preamble)) text = text[3..];
        NamedTensors tensors = new(source);
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = ContainerLimits.MaxJsonDepth });
        try
        {
            reader.Read();
            new JsonTensorReader(tensors).ReadDocument(ref reader);
            if (reader.Read()) throw new JsonException("text behind the document");
        }
        catch (JsonException error)
        {
            string reason = error.Message.ReplaceLineEndings(" ");
            throw new ConversionException(
                $"{SourceText.Show(source)}: not a JSON document that can be read: {SourceText.Show(reason)}", error);
        }
        catch (InvalidOperationException error)
        {
            // What Utf8JsonReader throws for a text that is not UTF-8.
            throw new ConversionException($"{SourceText.Show(source)}: a text is not UTF-8; save the document as UTF-8", error);
        }
        tensors.KeepsModelOrder = tensors.Names.Zip(tensors.Names.Skip(1))
            .Any(pair => string.CompareOrdinal(pair.First, pair.Second) > 0);
        return tensors;
    }
}
