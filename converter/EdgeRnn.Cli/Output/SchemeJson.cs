using System;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Output;

/// <summary>Schemes in JSON as the command line writes them: w8a16.</summary>
internal sealed class SchemeJson : JsonConverter<Scheme>
{
    public override Scheme Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SchemeName.TryParse(reader.GetString() ?? "", out Scheme scheme) ? scheme : throw new JsonException("no scheme");

    public override void Write(Utf8JsonWriter writer, Scheme value, JsonSerializerOptions options) =>
        writer.WriteStringValue(SchemeName.Of(value));
}
