using System.Collections.Generic;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>The published scores of one detector on the series of a folder.</summary>
/// <param name="Detector">As NAB names it.</param>
/// <param name="Scores">Normalised, by the name of the profile.</param>
public sealed record NabRank(string Detector, IReadOnlyDictionary<string, double> Scores)
{
    /// <summary>The table's name in a data folder.</summary>
    public const string FileName = "published_subset_scoreboard.csv";

    /// <summary>Reads a table, a line per detector.</summary>
    /// <param name="path">Columns detector and one per profile; others are ignored.</param>
    /// <param name="profiles">The profiles to read.</param>
    /// <exception cref="ConversionException">Missing, damaged, or without one of the profiles.</exception>
    public static IReadOnlyList<NabRank> Read(string path, IReadOnlyList<NabProfile> profiles) => CsvTable.Read(path, table =>
    {
        int detector = table.Column("detector");
        List<(string Name, int Column)> columns = [];
        foreach (NabProfile profile in profiles) columns.Add((profile.Name, table.Column(profile.Name)));
        List<NabRank> ranks = [];
        while (table.Next())
        {
            Dictionary<string, double> scores = [];
            foreach ((string name, int column) in columns) scores[name] = table.Figure(column);
            ranks.Add(new NabRank(table.Text(detector), scores));
        }
        return ranks;
    });
}
