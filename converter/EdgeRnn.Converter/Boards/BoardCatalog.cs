using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Boards;

/// <summary>The boards this project describes.</summary>
public sealed class BoardCatalog
{
    private const string Page = "hardware/boards/README.md";

    private BoardCatalog(IReadOnlyList<BoardDescription> boards) => Boards = boards;

    /// <summary>The boards, sorted by id.</summary>
    public IReadOnlyList<BoardDescription> Boards { get; }

    /// <summary>Every name a command takes.</summary>
    public IEnumerable<string> Names => Boards.SelectMany(board => board.Aliases.Prepend(board.Id));

    /// <summary>Reads the boards that are installed beside the program.</summary>
    /// <exception cref="ConversionException">The folder is missing, or a file in it is no board.</exception>
    public static BoardCatalog Load() => Load(Path.Combine(AppContext.BaseDirectory, "boards"));

    /// <summary>Reads the boards of a folder: every `*.json` in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ConversionException">There is none, or a file in it is no board.</exception>
    public static BoardCatalog Load(string folder)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        if (files.Length == 0)
            throw new ConversionException($"{SourceText.Show(folder)}: no board descriptions there; install the tool again");
        BoardDescription[] boards =
            [.. files.Select(file => Read(File.ReadAllText(file), file)).OrderBy(board => board.Id, StringComparer.Ordinal)];
        foreach (IGrouping<string, string> name in boards.SelectMany(board => board.Aliases.Prepend(board.Id)).GroupBy(name => name))
        {
            if (name.Count() > 1)
                throw new ConversionException($"{SourceText.Show(folder)}: two boards are called '{name.Key}'; rename one of them");
        }
        return new BoardCatalog(boards);
    }

    /// <summary>Reads one description.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="ConversionException">It is no JSON, has a name that is no field, lacks one, or contradicts itself.</exception>
    public static BoardDescription Read(string text, string source)
    {
        BoardDescription board = DescriptionJson.Read<BoardDescription>(text, source, "board description", Page);
        string? problem = BoardChecks.Problem(board, Path.GetFileNameWithoutExtension(source));
        return problem == null ? board
            : throw new ConversionException($"{SourceText.Show(source)}: {problem}; {Page} says what a field means");
    }

    /// <summary>The board with a name, in any case of letters, or null.</summary>
    /// <param name="name">Its id or an alias.</param>
    public BoardDescription? Find(string name) => Boards.FirstOrDefault(board => board.IsCalled(name));
}
