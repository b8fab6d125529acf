using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>A folder of NAB: the series its combined_windows.json lists, the profiles, published scores beside them.</summary>
/// <param name="Series">In the order of their names.</param>
/// <param name="Files">The same series with their windows.</param>
/// <param name="Profiles">Of profiles.json, or the published ones where the folder has no such file.</param>
/// <param name="Scoreboard">Published scores; empty where the folder has no table of them.</param>
public sealed record NabDataSet(IReadOnlyList<NabSeries> Series, IReadOnlyList<NabFile> Files, IReadOnlyList<NabProfile> Profiles,
    IReadOnlyList<NabRank> Scoreboard)
{
    /// <summary>Reads a folder. A listed series that is absent is an error: a score of the rest could not be compared.</summary>
    /// <param name="folder">Holds combined_windows.json and the series at the paths it lists.</param>
    /// <exception cref="ConversionException">Something is missing or damaged.</exception>
    public static NabDataSet Open(string folder)
    {
        IReadOnlyDictionary<string, IReadOnlyList<NabTimeWindow>> windows =
            NabWindowsFile.Read(Path.Combine(folder, NabWindowsFile.FileName));
        NabSeries[] series = [.. windows.Keys.Order(StringComparer.Ordinal).Select(name => Read(folder, name))];
        string profilePath = Path.Combine(folder, "profiles.json"), scoreboard = Path.Combine(folder, NabRank.FileName);
        IReadOnlyList<NabProfile> profiles = File.Exists(profilePath) ? NabProfile.Read(profilePath) : NabProfile.Published;
        return new NabDataSet(series, [.. series.Select(one => one.Locate(windows[one.Name]))], profiles,
            File.Exists(scoreboard) ? NabRank.Read(scoreboard, profiles) : []);
    }

    private static NabSeries Read(string folder, string name)
    {
        // The list is not trusted to name files elsewhere.
        if (Path.IsPathRooted(name) || name.Split('/', '\\').Contains(".."))
        {
            throw new ConversionException($"{NabWindowsFile.FileName}: '{SourceText.Show(name)}' leads out of the folder; " +
                "expected a path below it");
        }
        return NabSeries.Read(Path.Combine(folder, name), name);
    }
}
