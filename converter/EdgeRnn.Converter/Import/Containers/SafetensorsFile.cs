using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>
/// The safetensors format: a 64-bit header length, a JSON header that gives each tensor its dtype, shape and data_offsets,
/// then the elements. Described at https://github.com/huggingface/safetensors.
/// </summary>
internal static class SafetensorsFile
{
    private const int _lengthBytes = 8;
    private const long _maxHeaderBytes = 1 << 24;
    private const string _metadataKey = "__metadata__";

    /// <summary>
    /// Whether a file begins like this format: a header length and an opening brace. JSON such as {"gates":{ has its second brace
    /// at the same place, but no zero byte before it, which every length has.
    /// </summary>
    /// <param name="head">The first bytes of the file, at least nine.</param>
    public static bool Matches(ReadOnlySpan<byte> head) =>
        head.Length > _lengthBytes && head[_lengthBytes] == '{' && head[_lengthBytes - 1] == 0;

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="source">Its path, for messages.</param>
    /// <exception cref="ConversionException">Damaged, or with element types that are not supported.</exception>
    public static NamedTensors Parse(byte[] bytes, string source)
    {
        string where = SourceText.Show(source);
        if (bytes.Length < _lengthBytes)
        {
            throw new ConversionException(
                $"{where}: {bytes.Length} bytes, expected at least the {_lengthBytes} of the header length");
        }
        ulong declared = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (declared > (ulong)Math.Min(bytes.Length - _lengthBytes, _maxHeaderBytes))
        {
            throw new ConversionException($"{where}: the header is said to have {declared} bytes, the file has " +
                $"{bytes.Length - _lengthBytes} behind its length (and {_maxHeaderBytes} are the most); save the file again");
        }
        int headerLength = (int)declared;
        ReadOnlyMemory<byte> elements = bytes.AsMemory(_lengthBytes + headerLength);
        try
        {
            using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(_lengthBytes, headerLength),
                new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            return ReadTensors(header.RootElement, elements.Span, source, where);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what System.Text.Json throws for a text that is not UTF-8.
            throw new ConversionException(
                $"{where}: the header is no safetensors JSON: {SourceText.Show(error.Message)}; save the file again", error);
        }
    }

    private static NamedTensors ReadTensors(JsonElement header, ReadOnlySpan<byte> elements, string source, string where)
    {
        if (header.ValueKind != JsonValueKind.Object) throw new JsonException("expected an object");
        List<SafetensorsEntry> entries = [];
        NamedTensors tensors = new(source);
        foreach (JsonProperty property in header.EnumerateObject())
        {
            if (property.Name == _metadataKey) ReadMetadata(property.Value, tensors);
            else entries.Add(SafetensorsEntry.Read(property, where));
        }
        CheckCover(entries, elements.Length, where);
        foreach (SafetensorsEntry entry in entries)
        {
            float[] data = ElementTypes.ReadAll(elements[(int)entry.Begin..(int)entry.End], entry.Type, (int)entry.Count);
            tensors.Add(entry.Name, new Tensor(data, Array.ConvertAll(entry.Shape, size => (int)size)));
        }
        tensors.KeepsModelOrder = !IsSorted(entries);
        return tensors;
    }

    private static void ReadMetadata(JsonElement metadata, NamedTensors tensors)
    {
        if (metadata.ValueKind != JsonValueKind.Object) throw new JsonException($"{_metadataKey} is no object");
        foreach (JsonProperty pair in metadata.EnumerateObject())
        {
            if (pair.Value.ValueKind != JsonValueKind.String) throw new JsonException($"{_metadataKey} holds something other than texts");
            tensors.AddAttribute(pair.Name, pair.Value.GetString()!);
        }
    }

    /// <summary>The tensors lie side by side and fill the file: no gap, no overlap, nothing behind them.</summary>
    private static void CheckCover(List<SafetensorsEntry> entries, long length, string where)
    {
        long end = 0;
        foreach (SafetensorsEntry entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != end)
            {
                throw new ConversionException($"{where}: {SourceText.Show(entry.Name)} begins at byte {entry.Begin} of the data, " +
                    $"the tensor before it ends at {end}: {(entry.Begin < end ? "they overlap" : "there is a gap")}; save the file again");
            }
            end = entry.End;
        }
        if (end != length)
        {
            throw new ConversionException(
                $"{where}: the tensors end at byte {end} of the data, the file has {length}; save the file again");
        }
    }

    /// <summary>
    /// The common writers sort by element type and then by name, and then the order says nothing about the model.
    /// </summary>
    private static bool IsSorted(List<SafetensorsEntry> entries)
    {
        for (int i = 1; i < entries.Count; i++)
        {
            if (entries[i].Type == entries[i - 1].Type && string.CompareOrdinal(entries[i].Name, entries[i - 1].Name) < 0) return false;
        }
        return true;
    }
}
