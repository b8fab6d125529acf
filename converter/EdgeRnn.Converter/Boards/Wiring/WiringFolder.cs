using System.Collections.Generic;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>The files of `hardware/wiring`: a page and a picture for every board and example.</summary>
public static class WiringFolder
{
    /// <summary>The files of one wiring.</summary>
    /// <param name="plan">A wiring.</param>
    /// <returns>Name without folder, and content.</returns>
    /// <exception cref="ConversionException">It has a conflict.</exception>
    public static IEnumerable<(string Name, string Content)> Files(WiringPlan plan)
    {
        IReadOnlyList<string> conflicts = WiringRules.Conflicts(plan);
        if (conflicts.Count > 0)
        {
            throw new ConversionException(
                $"{plan.Example.Id} on {plan.Board.Id}: {string.Join("; ", conflicts)}; correct the board's roles or the part");
        }
        yield return ($"{plan.Example.Id}.md", WiringPage.Write(plan));
        yield return ($"{plan.Example.Id}.svg", WiringPicture.Write(plan));
    }

    /// <summary>The files of all boards and examples.</summary>
    /// <param name="catalog">The boards.</param>
    /// <param name="book">The examples.</param>
    /// <returns>Path below the folder, with forward slashes, and content.</returns>
    /// <exception cref="ConversionException">A wiring has a conflict.</exception>
    public static IEnumerable<(string Path, string Content)> Files(BoardCatalog catalog, WiringBook book)
    {
        foreach (BoardDescription board in catalog.Boards)
            foreach (WiringExample example in book.Examples)
                foreach ((string name, string content) in Files(WiringPlan.Of(board, example, book.PartsOf(example))))
                    yield return ($"{board.Id}/{name}", content);
    }
}
