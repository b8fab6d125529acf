using System.Linq;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Files;

/// <summary>Boards by the names users type.</summary>
internal static class BoardNames
{
    /// <summary>The board with a name.</summary>
    /// <param name="name">An id or an alias, in any case of letters.</param>
    /// <exception cref="CommandException">There is none.</exception>
    public static BoardDescription Find(string name) => Find(BoardCatalog.Load(), name);

    /// <summary>The board with a name in a catalog.</summary>
    public static BoardDescription Find(BoardCatalog catalog, string name)
    {
        if (catalog.Find(name) is { } board) return board;
        string? nearest = NearestWord.Of(name, catalog.Names);
        string hint = nearest == null ? "expected one of " + string.Join(", ", catalog.Boards.Select(known => known.Id))
            : $"did you mean '{nearest}'?";
        throw new CommandException($"there is no board '{name}'; {hint}; `edgernn boards` lists them");
    }
}
