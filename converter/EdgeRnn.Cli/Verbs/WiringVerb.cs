using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Converter.Boards.Wiring;
using EdgeRnn.Simulator;
using Spectre.Console;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn wiring [BOARD EXAMPLE]</c>: which pin goes where, as a table, and as a page with a picture.</summary>
internal sealed class WiringVerb : Verb
{
    private readonly Argument<string?> _board = new("BOARD")
    {
        Description = "A board by id or alias; without it, the examples are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string?> _example = new("EXAMPLE")
    {
        Description = "An example; without it, the examples are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "An existing folder to write the page and its picture to.",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> _all = new("--all")
    {
        Description = "Every example on every board, a folder for each board below the one given with -o.",
    };

    public WiringVerb(Terminal terminal) : base(terminal, "wiring",
        "Shows how a sensor, a light and a relay are wired to a board, or writes it as a page with a picture.",
        "edgernn wiring", "edgernn wiring esp32 vibration-mpu6050", "edgernn wiring pico motion-pir -o pages")
    {
        Add(_board);
        Add(_example);
        Add(_output);
        Add(_all);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        BoardCatalog catalog = BoardCatalog.Load();
        WiringBook book = WiringBook.Load();
        string? folder = arguments.GetValue(_output), boardName = arguments.GetValue(_board), exampleName = arguments.GetValue(_example);
        if (folder != null && !Directory.Exists(folder))
            throw new CommandException($"{folder}: there is no such folder; create it, then give it to -o");
        if (arguments.GetValue(_all)) return WriteAll(catalog, book, boardName, folder, report);
        if (boardName == null) return ListExamples(book, null, folder, report);
        BoardDescription board = BoardNames.Find(catalog, boardName);
        if (exampleName == null) return ListExamples(book, board, folder, report);
        WiringExample example = Find(book, exampleName);
        return Show(WiringPlan.Of(board, example, book.PartsOf(example)), folder, report);
    }

    private static int WriteAll(BoardCatalog catalog, WiringBook book, string? boardName, string? folder, Report report)
    {
        if (boardName != null) throw new CommandException($"--all writes every board, found '{boardName}' as well; leave one of them out");
        if (folder == null) throw new CommandException("--all needs a folder to write to; add -o FOLDER");
        return Written(WiringFolder.Files(catalog, book), folder, report);
    }

    private static int ListExamples(WiringBook book, BoardDescription? board, string? folder, Report report)
    {
        if (folder != null) throw new CommandException("-o writes one example, and none was named; name one, or add --all");
        Table table = new Table().Border(TableBorder.Simple).AddColumn("example").AddColumn("what it is for");
        foreach (WiringExample example in book.Examples) table.AddRow(new Text(example.Id), new Text(example.Purpose));
        report.Table(table);
        report.Line($"`edgernn wiring {board?.Id ?? "BOARD"} EXAMPLE` shows one of them; `edgernn boards` lists boards.");
        report.Document(new { examples = book.Examples });
        return ExitCode.Done;
    }

    private static WiringExample Find(WiringBook book, string name)
    {
        if (book.Find(name) is { } example) return example;
        string? nearest = NearestWord.Of(name, book.Examples.Select(known => known.Id));
        string hint = nearest == null ? "expected one of " + string.Join(", ", book.Examples.Select(known => known.Id))
            : $"did you mean '{nearest}'?";
        throw new CommandException($"there is no example '{name}'; {hint}; `edgernn wiring` lists them");
    }

    private static int Show(WiringPlan plan, string? folder, Report report)
    {
        IEnumerable<(string Name, string Content)> files = WiringFolder.Files(plan);
        if (folder != null) return Written(files, folder, report);
        // Asked for, so that a conflict is an error here as well.
        _ = files.Count();
        report.Line($"{plan.Example.Title}: {plan.Board.Name}");
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string heading in new[] { "wire", "board", "number", "part", "terminal", "colour" })
            table.AddColumn(new TableColumn(heading).NoWrap());
        foreach (WiringRow row in WiringPage.Rows(plan))
        {
            string[] cells = [row.Wire, row.Place, row.Gpio is { } gpio ? $"{gpio}" : "", row.Part, row.Terminal, row.Colour];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }
        report.Table(table);
        report.Line($"settings: {string.Join("; ", WiringPage.Settings(plan))}");
        foreach (string care in WiringPage.Cares(plan)) report.Line($"- {care}");
        report.Document(new
        {
            board = plan.Board.Id,
            example = plan.Example.Id,
            wires = WiringPage.Rows(plan),
            settings = WiringPage.Settings(plan),
            cares = WiringPage.Cares(plan),
        });
        return ExitCode.Done;
    }

    private static int Written(IEnumerable<(string Name, string Content)> files, string folder, Report report)
    {
        List<string> paths = [];
        foreach ((string name, string content) in files)
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, draft => File.WriteAllText(draft, content));
            paths.Add(path);
        }
        report.Line($"wrote {paths.Count} files to {folder}");
        report.Document(new { files = paths });
        return ExitCode.Done;
    }
}
