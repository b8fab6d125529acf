using Spectre.Console;

namespace EdgeRnn.Cli.Output;

/// <summary>The results of one verb: text for people, or one JSON document.</summary>
internal sealed class Report
{
    // Wide enough that no table is fitted to the window: a terminal wraps a long row, a fitted one breaks figures apart.
    private const int _tableWidth = 240;

    public Report(Terminal terminal, bool json, bool verbose)
    {
        Terminal = terminal;
        Json = json;
        Verbose = verbose;
    }

    /// <summary>Where it goes.</summary>
    public Terminal Terminal { get; }

    /// <summary>Whether one JSON document is wanted instead of text.</summary>
    public bool Json { get; }

    /// <summary>Whether detail is wanted.</summary>
    public bool Verbose { get; }

    /// <summary>A line of text; nothing when JSON is wanted.</summary>
    public void Line(string text = "")
    {
        if (!Json) Terminal.Output.WriteLine(text);
    }

    /// <summary>A line of detail, only with --verbose.</summary>
    public void Detail(string text)
    {
        if (Verbose) Line(text);
    }

    /// <summary>A decision the user should know of; on standard error.</summary>
    public void Note(string text) => Terminal.Error.WriteLine($"note: {OneLine.Of(text)}");

    /// <summary>Something that is probably not meant, and no error; on standard error.</summary>
    public void Warn(string text) => Terminal.Error.WriteLine($"warning: {OneLine.Of(text)}");

    /// <summary>A table; nothing when JSON is wanted.</summary>
    public void Table(Table table)
    {
        if (Json) return;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Terminal.Output),
            Ansi = Terminal.OutputIsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = Terminal.OutputIsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = _tableWidth;
        console.Write(table);
    }

    /// <summary>The JSON document; nothing when text is wanted.</summary>
    public void Document(object document)
    {
        if (Json) JsonOutput.Write(Terminal.Output, document);
    }
}
