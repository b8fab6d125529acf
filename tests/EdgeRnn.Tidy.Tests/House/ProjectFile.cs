using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace EdgeRnn.Tests.House;

/// <summary>What a project file asks for, with what the Directory.Build files above it add.</summary>
internal sealed class ProjectFile
{
    private ProjectFile(string path, string text, IEnumerable<string> inherited)
    {
        Path = path;
        Name = System.IO.Path.GetFileNameWithoutExtension(path);
        Elements = [.. inherited.Append(text).SelectMany(source => XDocument.Parse(source).Descendants())];
    }

    /// <summary>Every project of the checkout.</summary>
    public static IReadOnlyList<ProjectFile> All { get; } =
        [.. SourceTree.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(Read)];

    public string Path { get; }

    public string Name { get; }

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>Names of the projects it references itself.</summary>
    public IEnumerable<string> References => Included("ProjectReference").Select(reference => System.IO.Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')));

    /// <summary>Packages that reach whoever uses the project; analyzers with PrivateAssets="all" do not.</summary>
    public IEnumerable<string> Packages => Elements
        .Where(element => element.Name.LocalName == "PackageReference" && element.Attribute("PrivateAssets")?.Value != "all")
        .Select(element => element.Attribute("Include")?.Value ?? "");

    private IReadOnlyList<XElement> Elements { get; }

    public static ProjectFile Read(string path)
    {
        List<string> inherited = [];
        for (string? folder = System.IO.Path.GetDirectoryName(path); folder != null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            foreach (string name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            {
                string file = System.IO.Path.Combine(folder, name);
                if (SourceTree.Exists(file)) inherited.Add(SourceTree.Read(file));
            }
        }
        return new ProjectFile(path, SourceTree.Read(path), inherited);
    }

    public static ProjectFile Parse(string path, string text) => new(path, text, []);

    /// <summary>What the items of a kind include.</summary>
    public IEnumerable<string> Included(string item) =>
        Elements.Where(element => element.Name.LocalName == item).Select(element => element.Attribute("Include")?.Value).OfType<string>();

    /// <summary>Whether an attribute stands on any item of a kind.</summary>
    public bool HasAttribute(string item, string attribute) =>
        Elements.Any(element => element.Name.LocalName == item && element.Attribute(attribute) != null);
}
