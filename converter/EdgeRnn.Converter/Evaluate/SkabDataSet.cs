using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>A folder of SKAB: labelled recordings, the anomaly-free one apart, published figures beside them.</summary>
/// <param name="Files">Labelled recordings by folder, then number.</param>
/// <param name="AnomalyFree">The .csv of the normal run, or null where the folder has none.</param>
/// <param name="Leaderboard">Published figures; empty where the folder has no table of them.</param>
public sealed record SkabDataSet(IReadOnlyList<SkabFile> Files, string? AnomalyFree, IReadOnlyList<SkabRank> Leaderboard)
{
    private static readonly string[] _folders = ["valve1", "valve2", "other"];

    /// <summary>Lists a folder; recordings are read when they are needed.</summary>
    /// <param name="folder">Holds valve1, valve2 or other.</param>
    /// <exception cref="ConversionException">There is no recording, or the table of published figures is damaged.</exception>
    public static SkabDataSet Open(string folder)
    {
        SkabFile[] files = [.. _folders.SelectMany(name => Recordings(folder, name))];
        if (files.Length == 0)
        {
            throw new ConversionException($"{SourceText.Show(folder)}: holds no recording; expected .csv files in " +
                $"{SourceText.List(_folders)}; give the folder of the SKAB data");
        }
        string anomalyFree = Path.Combine(folder, "anomaly-free", "anomaly-free.csv");
        string leaderboard = Path.Combine(folder, SkabRank.FileName);
        return new SkabDataSet(files, File.Exists(anomalyFree) ? anomalyFree : null,
            File.Exists(leaderboard) ? SkabRank.Read(leaderboard) : []);
    }

    private static IEnumerable<SkabFile> Recordings(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        try
        {
            string[] files = Directory.Exists(path) ? Directory.GetFiles(path, "*.csv") : [];
            return files.Select(file => new SkabFile($"{name}/{Path.GetFileNameWithoutExtension(file)}", file))
                .OrderBy(file => file.Name.Length).ThenBy(file => file.Name, StringComparer.Ordinal); // 2 before 10
        }
        catch (Exception error) when (SourceFile.IsTrouble(error))
        {
            throw SourceFile.Unreadable(path, error);
        }
    }
}
