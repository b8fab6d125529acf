using System.IO;

namespace EdgeRnn.Tests;

/// <summary>
/// Finds the real recordings and models that stand beside a checkout in ../shared/data. They are never part of the project;
/// a test that needs them skips with a message where they are absent.
/// </summary>
internal static class SharedData
{
    private static readonly string? _root = Find();

    /// <summary>The path of a file or folder below ../shared/data; skips the running test when it is absent.</summary>
    public static string Path(string relative)
    {
        Assert.SkipWhen(_root == null, $"../shared/data is not beside this checkout; {relative} is needed");
        string path = System.IO.Path.Combine(_root!, relative);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"../shared/data/{relative} is absent");
        return path;
    }

    private static string? Find()
    {
        string candidate = System.IO.Path.Combine(Repository.Root, "..", "shared", "data");
        return Directory.Exists(candidate) ? System.IO.Path.GetFullPath(candidate) : null;
    }
}
