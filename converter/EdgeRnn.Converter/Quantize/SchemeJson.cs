using System;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>Schemes in JSON documents, written as on the command line: w8a16.</summary>
public sealed class SchemeJson : JsonConverter<Scheme>
{
    /// <inheritdoc/>
    public override Scheme Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SchemeName.TryParse(reader.GetString() ?? "", out Scheme scheme) ? scheme : throw new JsonException("no scheme");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Scheme value, JsonSerializerOptions options) =>
        writer.WriteStringValue(SchemeName.Of(value));
}
