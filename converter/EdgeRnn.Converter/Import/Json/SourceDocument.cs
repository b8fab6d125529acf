using System;
using System.IO;
using System.Text;
using System.Text.Json;

namespace EdgeRnn.Converter.Import.Json;

/// <summary>Opens a JSON file somebody else wrote: bounded size and depth, no comments, no repeated keys.</summary>
internal static class SourceDocument
{
    private static readonly JsonDocumentOptions _options = new()
    {
        MaxDepth = ContainerLimits.MaxJsonDepth,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads a file. The document has to stay undisposed while its values are read.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="ConversionException">Absent, unreadable, too large, or not strict JSON.</exception>
    public static JsonDocument Read(string path)
    {
        string name = Path.GetFileName(path);
        ReadOnlyMemory<byte> text = SourceFile.Read(path, ContainerLimits.MaxJsonBytes);
        try
        {
            if (text.Span.StartsWith(Encoding.UTF8.Preamble)) text = text[Encoding.UTF8.Preamble.Length..];
            CheckTexts(text.Span, name);
            return JsonDocument.Parse(text, _options);
        }
        catch (JsonException problem)
        {
            // A repeated key is found after the parsing, and has no place.
            string place = problem.LineNumber is { } line ? $" at line {line + 1}, byte {problem.BytePositionInLine + 1}" : "";
            throw new ConversionException($"{name}: not valid JSON{place}; comments, trailing commas and repeated keys are not allowed",
                problem);
        }
    }

    // JsonDocument decodes texts when they are asked for, and throws then; here they are known to be sound from the start.
    private static void CheckTexts(ReadOnlySpan<byte> json, string name)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = _options.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)) continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException problem)
            {
                throw new ConversionException($"{name}: the text at byte {reader.TokenStartIndex} is not sound UTF-8 or holds half a " +
                    "character (\\u escape); save the file as UTF-8", problem);
            }
        }
    }

    /// <summary>The outermost value of a document.</summary>
    /// <param name="document">What <see cref="Read"/> returned.</param>
    /// <param name="path">Path of the file, for messages.</param>
    public static SourceValue Root(JsonDocument document, string path) => new(document.RootElement, Path.GetFileName(path), "$");
}
