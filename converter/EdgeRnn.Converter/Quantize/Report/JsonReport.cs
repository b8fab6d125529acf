using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>A report for scripts: the fields of <see cref="QuantizationReport"/>, in its words and order.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions _options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new SchemeJson(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(QuantizationReport report) => JsonSerializer.Serialize(report, _options) + "\n";
}
