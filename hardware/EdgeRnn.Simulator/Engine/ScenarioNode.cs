using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Simulator;

internal enum NodeKind
{
    Scalar,
    List,
    Map,
}

/// <summary>A piece of a scenario file that knows where it stands.</summary>
internal sealed class ScenarioNode
{
    private const int LongestQuote = 40;

    public required string File { get; init; }

    public required int Line { get; init; }

    // As events[2].fault; empty: the whole file.
    public required string Path { get; init; }

    public required NodeKind Kind { get; init; }

    // Of a scalar.
    public string Text { get; init; } = "";

    // Of a list.
    public List<ScenarioNode> Items { get; } = [];

    // Of a map, in the file's order.
    public List<(string Key, ScenarioNode Value)> Entries { get; } = [];

    public string Found => Kind switch
    {
        NodeKind.Map => "a map",
        NodeKind.List => "a list",
        _ => Text.Length == 0 ? "nothing" : $"'{(Text.Length <= LongestQuote ? Text : Text[..LongestQuote] + "...")}'",
    };

    public ScenarioException Wrong(string message) => Wrong(File, Line, Path, message);

    public ScenarioException Expected(string what) => Wrong($"expected {what}, found {Found}");

    public ScenarioException ExpectedOneOf(IEnumerable<string> words)
    {
        string[] all = [.. words];
        string? nearest = Kind == NodeKind.Scalar ? NearestWord.Of(Text, all) : null;
        string remedy = nearest == null ? "; correct it" : $"; did you mean {nearest}?";
        return Wrong($"expected one of {string.Join(", ", all)}, found {Found}{remedy}");
    }

    // The entry of a name, or the map itself where it has none: the line a message about it names.
    public ScenarioNode At(string key) => Entries.Where(entry => entry.Key == key).Select(entry => entry.Value).FirstOrDefault(this);

    // About an entry that need not be there.
    public ScenarioException WrongAt(string key, string message)
    {
        ScenarioNode at = At(key);
        return at == this ? Wrong($"{key}: {message}") : at.Wrong(message);
    }

    public static ScenarioException Wrong(string file, int line, string path, string message) =>
        new($"{file}:{line}: {(path.Length == 0 ? "" : path + ": ")}{Flat(message)}");

    // Whatever the file holds, a message stays one line.
    private static string Flat(string message) => string.Concat(message.Select(letter => char.IsControl(letter) ? '?' : letter));
}
