using System.Collections.Generic;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>The published figures of one algorithm on the recordings of a folder.</summary>
/// <param name="Algorithm">As SKAB names it.</param>
/// <param name="F1">In [0, 1].</param>
/// <param name="FalseAlarmRate">In [0, 1]; the table writes percent.</param>
/// <param name="MissedAlarmRate">In [0, 1]; the table writes percent.</param>
public sealed record SkabRank(string Algorithm, double F1, double FalseAlarmRate, double MissedAlarmRate)
{
    /// <summary>The table's name in a data folder.</summary>
    public const string FileName = "published_subset_leaderboard.csv";

    /// <summary>Reads a table, a line per algorithm.</summary>
    /// <param name="path">Columns algorithm, F1, FAR_percent, MAR_percent; others are ignored.</param>
    /// <exception cref="ConversionException">Missing, damaged, or not such a table.</exception>
    public static IReadOnlyList<SkabRank> Read(string path) => CsvTable.Read(path, table =>
    {
        int algorithm = table.Column("algorithm"), f1 = table.Column("F1");
        int falseAlarms = table.Column("FAR_percent"), missedAlarms = table.Column("MAR_percent");
        List<SkabRank> ranks = [];
        while (table.Next())
        {
            ranks.Add(new SkabRank(table.Text(algorithm), table.Figure(f1), table.Figure(falseAlarms) / 100,
                table.Figure(missedAlarms) / 100));
        }
        return ranks;
    });
}
