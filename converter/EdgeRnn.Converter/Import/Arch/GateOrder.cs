using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Import.Json;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>
/// The order of the row blocks in gate weights: the name of a framework, or the letters themselves (LSTM i f g o with g the
/// candidate, GRU z r n with z the update gate).
/// </summary>
internal static class GateOrder
{
    private static readonly Dictionary<string, string> _lstm = new(StringComparer.Ordinal)
    {
        ["pytorch"] = "ifgo",
        ["keras"] = "ifgo",
        ["onnx"] = "iofg",
        ["tflite"] = "ifgo",
        ["tf1"] = "igfo",
    };

    private static readonly Dictionary<string, string> _gru = new(StringComparer.Ordinal)
    {
        ["pytorch"] = "rzn",
        ["keras"] = "zrn",
        ["onnx"] = "zrn",
        ["tf1"] = "rzn",
    };

    /// <summary>The letters of an LSTM's blocks: i f g o in some order, or three of them with i or f absent.</summary>
    public static string Lstm(SourceValue value) => Read(value, _lstm, "ifgo", "igo", "fgo");

    /// <summary>The letters of a GRU's blocks: z r n in some order.</summary>
    public static string Gru(SourceValue value) => Read(value, _gru, "zrn");

    private static string Read(SourceValue value, Dictionary<string, string> named, params string[] allowed)
    {
        string text = value.AsText();
        if (named.TryGetValue(text, out string? letters)) return letters;
        string sorted = Sorted(text);
        if (allowed.Any(set => Sorted(set) == sorted)) return text;
        throw value.Fail($"expected {string.Join(", ", named.Keys)} or the letters {string.Join(" or ", allowed)} in the order of " +
            $"the rows; found {SourceValue.Quote(text)}");
    }

    private static string Sorted(string letters) => string.Concat(letters.Order());
}
