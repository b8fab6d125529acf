using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace EdgeRnn.Tests.House;

/// <summary>A project for devices, which names each of its files: the folders beside it do not count by themselves.</summary>
internal sealed class DeviceProject
{
    private readonly XDocument _document;

    private DeviceProject(string path, string text, string packages)
    {
        Path = path;
        Name = System.IO.Path.GetFileNameWithoutExtension(path);
        _document = XDocument.Parse(text);
        Packages = [.. XDocument.Parse(packages).Descendants("package").Select(package => $"{package.Attribute("id")!.Value}.{package.Attribute("version")!.Value}")];
    }

    /// <summary>Every project for devices.</summary>
    public static IReadOnlyList<DeviceProject> All { get; } = [.. SourceTree.Files.Where(file => file.EndsWith(".nfproj", StringComparison.Ordinal)).Select(Read)];

    public string Path { get; }

    public string Name { get; }

    /// <summary>Packages it restores, each with its version.</summary>
    public IReadOnlyList<string> Packages { get; }

    /// <summary>Files it compiles, from the root of the checkout, as it writes them.</summary>
    public IEnumerable<string> Files => Included("Compile").Select(FromRoot);

    /// <summary>The packages that its references lie in.</summary>
    public IEnumerable<string> ReferencedPackages => Elements("HintPath").Select(hint => hint.Value.Split('\\')[2]);

    public IEnumerable<string> References => Included("ProjectReference").Select(reference => System.IO.Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')));

    public static DeviceProject Parse(string path, string text, string packages = "<packages />") => new(path, text, packages);

    /// <summary>What is missing in its list of files, and what is too much there.</summary>
    public IEnumerable<string> Differences(IEnumerable<string> folder)
    {
        HashSet<string> listed = [.. Files], there = [.. folder];
        return there.Except(listed).Order(StringComparer.Ordinal).Select(file => $"{Path}: {file} is not listed; add it beside its neighbours")
            .Concat(listed.Except(there).Order(StringComparer.Ordinal).Select(file => $"{Path}: {file} is listed and is not there; remove it"));
    }

    private static DeviceProject Read(string path) =>
        new(path, SourceTree.Read(path), SourceTree.Read(System.IO.Path.GetDirectoryName(path) + "/packages.config"));

    private IEnumerable<XElement> Elements(string name) => _document.Descendants().Where(element => element.Name.LocalName == name);

    private IEnumerable<string> Included(string item) => Elements(item).Select(element => element.Attribute("Include")!.Value);

    private string FromRoot(string include)
    {
        string folder = System.IO.Path.Combine("/", System.IO.Path.GetDirectoryName(Path)!);
        return System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, include.Replace('\\', '/'))).TrimStart('/');
    }
}
