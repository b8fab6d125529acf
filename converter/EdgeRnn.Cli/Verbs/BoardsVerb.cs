using System.CommandLine;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Boards;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn boards [BOARD]</c>: the boards this project describes, or one of them in full.</summary>
internal sealed class BoardsVerb : Verb
{
    private readonly Argument<string?> _board = new("BOARD")
    {
        Description = "A board by id or alias; without it, all of them in short.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public BoardsVerb(Terminal terminal) : base(terminal, "boards",
        "Shows the boards that programs can run on: memory, speed, firmware and pins.",
        "edgernn boards", "edgernn boards esp32")
    {
        Add(_board);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        BoardCatalog catalog = BoardCatalog.Load();
        if (arguments.GetValue(_board) is { } name) ShowOne(BoardNames.Find(catalog, name), report);
        else ShowAll(catalog, report);
        return ExitCode.Done;
    }

    private static void ShowAll(BoardCatalog catalog, Report report)
    {
        report.Table(BoardFacts.List(catalog.Boards));
        report.Line("Speeds are estimates. `edgernn boards BOARD` shows one board with its pins and where its figures are from.");
        report.Document(new { boards = catalog.Boards });
    }

    private static void ShowOne(BoardDescription board, Report report)
    {
        foreach (string line in BoardFacts.Lines(board)) report.Line(line);
        report.Table(BoardFacts.Pins(board));
        foreach (string line in BoardFacts.Sources(board)) report.Line(line);
        report.Document(board);
    }
}
