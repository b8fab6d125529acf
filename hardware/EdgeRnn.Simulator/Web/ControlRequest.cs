using System;
using System.Linq;
using System.Text.Json;

namespace EdgeRnn.Simulator;

/// <summary>The body of a control request: `{"command":"speed","value":2}`.</summary>
internal static class ControlRequest
{
    /// <summary>Reads a command.</summary>
    /// <param name="body">JSON.</param>
    /// <param name="command">The command.</param>
    /// <returns>Null; one line where it is none.</returns>
    public static string? Read(ReadOnlyMemory<byte> body, out LiveCommand command)
    {
        command = new LiveCommand("", double.NaN, "");
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4 });
            return Read(document.RootElement, ref command);
        }
        catch (JsonException wrong)
        {
            return $"body: expected JSON, found something else at byte {wrong.BytePositionInLine}";
        }
        catch (InvalidOperationException)
        {
            return "body: expected texts of Unicode, found bytes or escapes that are none";
        }
    }

    private static string? Read(JsonElement root, ref LiveCommand command)
    {
        if (root.ValueKind != JsonValueKind.Object) return "body: expected an object with a command, found something else";
        foreach (JsonProperty property in root.EnumerateObject())
        {
            JsonElement value = property.Value;
            if (property.NameEquals("command"))
            {
                if (value.ValueKind != JsonValueKind.String) return "command: expected a text, found something else";
                command = command with { Name = value.GetString()! };
            }
            else if (property.NameEquals("value"))
            {
                if (value.ValueKind == JsonValueKind.String) command = command with { Text = value.GetString()! };
                else if (value.ValueKind == JsonValueKind.Number)
                    command = command with { Value = value.GetDouble(), Text = value.GetRawText() };
                else if (value.ValueKind != JsonValueKind.Null) return "value: expected a number or a text, found something else";
            }
            else
            {
                return "body: expected command and value, found something else besides";
            }
        }
        return LiveCommand.Names.Contains(command.Name) ? null
            : "command: expected one of " + string.Join(", ", LiveCommand.Names) + ", found another";
    }
}
