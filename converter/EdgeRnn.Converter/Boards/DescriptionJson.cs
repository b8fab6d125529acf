using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Boards;

/// <summary>Reads the project's own descriptions strictly: unknown, repeated and missing names are errors.</summary>
internal static class DescriptionJson
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads one.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="source">The file, for messages.</param>
    /// <param name="what">What it should hold.</param>
    /// <param name="page">The page that lists its fields.</param>
    /// <exception cref="ConversionException">It is no JSON, or does not fit.</exception>
    public static T Read<T>(string text, string source, string what, string page) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, _options)
                ?? throw new ConversionException($"{SourceText.Show(source)}: holds null, expected {what}; {page} lists the fields");
        }
        catch (JsonException error)
        {
            string where = error.LineNumber is { } line ? $" at line {line + 1}, character {error.BytePositionInLine + 1}" : "";
            throw new ConversionException(
                $"{SourceText.Show(source)}: no {what}{where}: {SourceText.Show(error.Message.TrimEnd('.'))}; " +
                $"{page} lists the fields", error);
        }
    }
}
