using System.IO;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Runtime;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Evaluate;

/// <summary>The forecaster for a single sensor that ships with edgernn.</summary>
internal static class Forecaster
{
    public static string Folder => Path.Combine(Repository.Root, "converter", "EdgeRnn.Cli", "Examples", "forecaster");

    /// <summary>One model for all series, as `edgernn eval nab` makes it.</summary>
    public static SeriesModels Models(Scheme scheme) =>
        new(Path.Combine(Folder, "forecaster.pt"), scheme, clip: 0, Path.Combine(Folder, "forecaster.arch.json"));
}
