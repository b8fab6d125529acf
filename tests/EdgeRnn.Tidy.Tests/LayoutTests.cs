using System.Linq;
using EdgeRnn.Tests.House;

namespace EdgeRnn.Tests;

/// <summary>The top level is fixed: a new folder there is a decision, not an accident.</summary>
public sealed class LayoutTests
{
    private static readonly string[] _needed =
    [
        "firmware", "runtime", "converter", "tests", "hardware", "EdgeRnn.sln", "README.md", "check", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md",
        "DECISIONS.md", "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", ".gitignore", ".ci", "BannedSymbols.txt",
    ];

    private static readonly string[] _allowed = ["Directory.Build.targets", ".gitattributes", ".config", "SECURITY.md"];

    [Fact]
    public void Top_level_holds_only_the_allowed_names() => Assert.Empty(SourceTree.TopLevel.Except(_needed).Except(_allowed));

    [Fact]
    public void Top_level_holds_all_that_every_checkout_needs() => Assert.Empty(_needed.Except(SourceTree.TopLevel));
}
