using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EdgeRnn.Tests;

/// <summary>Changes one place of a JSON document, so that a test can show a valid file and the same with one thing wrong.</summary>
internal static class JsonEdit
{
    /// <summary>Puts a value at a path such as <c>$.layers[0].name</c>, or removes the key when there is no value.</summary>
    public static void Put(JsonNode root, string path, string? replacement)
    {
        MatchCollection steps = Steps(path);
        JsonNode at = root;
        for (int i = 0; i + 1 < steps.Count; i++) at = Down(at, steps[i]);
        string key = steps[^1].Groups[1].Value;
        if (replacement == null) at.AsObject().Remove(key);
        else if (key.Length == 0) at[int.Parse(steps[^1].Groups[2].Value, CultureInfo.InvariantCulture)] = JsonNode.Parse(replacement);
        else at[key] = JsonNode.Parse(replacement);
    }

    /// <summary>The value at a path.</summary>
    public static JsonNode At(JsonNode root, string path)
    {
        foreach (Match step in Steps(path)) root = Down(root, step);
        return root;
    }

    private static MatchCollection Steps(string path) => Regex.Matches(path, @"\.(\w+)|\[(\d+)\]");

    private static JsonNode Down(JsonNode node, Match step) => step.Groups[1].Success
        ? node[step.Groups[1].Value]! : node[int.Parse(step.Groups[2].Value, CultureInfo.InvariantCulture)]!;
}
