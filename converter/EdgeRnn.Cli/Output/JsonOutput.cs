using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeRnn.Converter.Quantize;

namespace EdgeRnn.Cli.Output;

/// <summary>Results for scripts.</summary>
internal static class JsonOutput
{
    // JSON has no infinities; they become the texts "Infinity", "-Infinity" and "NaN". The strict encoder, meant for web pages,
    // would make quotes and backticks in messages unreadable.
    private static readonly JsonSerializerOptions _options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new SchemeJson(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes one document.</summary>
    public static void Write(TextWriter writer, object document) =>
        writer.WriteLine(JsonSerializer.Serialize(document, document.GetType(), _options));
}
