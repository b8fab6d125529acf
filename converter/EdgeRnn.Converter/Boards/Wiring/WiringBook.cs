using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>The parts and examples of `hardware/wiring/wiring.json`.</summary>
/// <param name="Parts">Parts, by id.</param>
/// <param name="Examples">Examples, in the order of their pages.</param>
public sealed record WiringBook(IReadOnlyList<WiringPart> Parts, IReadOnlyList<WiringExample> Examples)
{
    private const string Page = "hardware/wiring/README.md";

    /// <summary>Reads the file that is installed beside the program.</summary>
    /// <exception cref="ConversionException">It is missing, or no wiring data.</exception>
    public static WiringBook Load() => Load(Path.Combine(AppContext.BaseDirectory, "wiring", "wiring.json"));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConversionException">It is missing, or no wiring data.</exception>
    public static WiringBook Load(string path) => File.Exists(path) ? Read(File.ReadAllText(path), path)
        : throw new ConversionException($"{SourceText.Show(path)}: there is no such file; install the tool again");

    /// <summary>Reads wiring data.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="ConversionException">It is no wiring data, or contradicts itself.</exception>
    public static WiringBook Read(string text, string source)
    {
        WiringBook book = DescriptionJson.Read<WiringBook>(text, source, "wiring data", Page);
        string? problem = book.Problems().FirstOrDefault();
        return problem == null ? book
            : throw new ConversionException($"{SourceText.Show(source)}: {problem}; {Page} says what a field means");
    }

    /// <summary>The example with a name, in any case of letters, or null.</summary>
    /// <param name="name">Its id.</param>
    public WiringExample? Find(string name) =>
        Examples.FirstOrDefault(example => string.Equals(example.Id, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The parts of an example.</summary>
    /// <param name="example">One of <see cref="Examples"/>.</param>
    public IEnumerable<WiringPart> PartsOf(WiringExample example) => example.Parts.Select(id => Parts.First(part => part.Id == id));

    private IEnumerable<string> Problems()
    {
        if (Examples.Count == 0) yield return "examples: is empty, expected at least one";
        foreach (string id in Parts.Select(part => part.Id).Concat(Examples.Select(example => example.Id)).GroupBy(id => id)
            .Where(group => group.Count() > 1).Select(group => group.Key))
            yield return $"'{id}' stands there twice";
        foreach (WiringPart part in Parts)
        {
            if (part.MostMillivolts < part.LeastMillivolts) yield return $"{part.Id}: mostMillivolts is below leastMillivolts";
            if (part.Address is < 8 or > 119) yield return $"{part.Id}: address: expected 8 to 119, found {part.Address}";
            if (part.Terminals.Select(terminal => terminal.Name).Distinct().Count() < part.Terminals.Count)
                yield return $"{part.Id}: two terminals have one name";
        }
        foreach (WiringExample example in Examples)
        {
            foreach (string id in example.Parts)
                if (!Parts.Any(part => part.Id == id)) yield return $"{example.Id}: there is no part '{id}'";
            if (example.Id.Length == 0 || !example.Id.All(letter => letter is >= 'a' and <= 'z' or >= '0' and <= '9' or '-'))
                yield return $"'{example.Id}': an example's name is lower case letters, digits and '-'";
        }
    }
}
