using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Tests.House;
using EdgeRnn.Tests.Il;

namespace EdgeRnn.Tests;

/// <summary>Projects know each other only as the architecture allows.</summary>
public sealed class ProjectTests
{
    [Fact]
    public void Projects_reference_only_what_the_table_allows() => Assert.Empty(ProjectFile.All.SelectMany(ProjectRules.Breaches));

    [Theory]
    [InlineData("runtime/EdgeRnn.Runtime/EdgeRnn.Runtime.csproj", "<ProjectReference Include='../../converter/EdgeRnn.Converter/EdgeRnn.Converter.csproj' />", "may not reference EdgeRnn.Converter")]
    [InlineData("converter/EdgeRnn.Converter/EdgeRnn.Converter.csproj", @"<ProjectReference Include='..\EdgeRnn.Cli\EdgeRnn.Cli.csproj' />", "may not reference EdgeRnn.Cli")]
    [InlineData("runtime/EdgeRnn.Runtime/EdgeRnn.Runtime.csproj", "<PackageReference Include='CsvHelper' />", "may not use package CsvHelper")]
    [InlineData("firmware/Pi/EdgeRnn.Firmware.Pi.csproj", "<PackageReference Include='Iot.Device.Bindings' />", "may not use package Iot.Device.Bindings")]
    [InlineData("tests/EdgeRnn.Firmware.Tests/EdgeRnn.Firmware.Tests.csproj", "<PackageReference Include='System.Device.Gpio' />", "may not use package System.Device.Gpio")]
    [InlineData("firmware/Nano/Gate/EdgeRnn.Hardware.Gate/EdgeRnn.Hardware.Gate.csproj", "<ProjectReference Include='../../EdgeRnn.Runtime.csproj' />", "may not reference EdgeRnn.Runtime")]
    [InlineData("converter/EdgeRnn.Extra/EdgeRnn.Extra.csproj", "", "not in the table")]
    public void A_reference_against_the_table_is_found(string path, string item, string expected)
    {
        ProjectFile project = ProjectFile.Parse(path, $"<Project><ItemGroup>{item}</ItemGroup></Project>");
        Assert.Contains(expected, Assert.Single(ProjectRules.Breaches(project)), StringComparison.Ordinal);
    }

    [Fact]
    public void Analyzers_and_allowed_references_are_no_breach() => Assert.Empty(ProjectRules.Breaches(ProjectFile.Parse(
        "converter/EdgeRnn.Converter/EdgeRnn.Converter.csproj",
        """
        <Project><ItemGroup>
          <ProjectReference Include="../../runtime/EdgeRnn.Runtime/EdgeRnn.Runtime.csproj" />
          <PackageReference Include="CsvHelper" />
          <PackageReference Include="Some.Analyzer" PrivateAssets="all" />
        </ItemGroup></Project>
        """)));

    [Fact]
    public void The_built_runtime_depends_on_dotnet_alone() => Assert.All(Modules.Runtime.AssemblyReferences,
        reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void Versions_of_packages_stand_in_one_place() =>
        Assert.Empty(ProjectFile.All.Where(project => project.HasAttribute("PackageReference", "Version")).Select(project => project.Path));

    [Fact]
    public void The_solution_is_of_the_classic_format_and_holds_every_project()
    {
        Assert.DoesNotContain(SourceTree.Files, file => file.EndsWith(".slnx", StringComparison.Ordinal));
        string solution = SourceTree.Read("EdgeRnn.sln");
        Assert.StartsWith("Microsoft Visual Studio Solution File, Format Version 12.00", solution.TrimStart('\uFEFF', '\r', '\n'), StringComparison.Ordinal);
        IEnumerable<string> listed = solution.Split('"').Where(part => part.EndsWith(".csproj", StringComparison.Ordinal)).Select(part => part.Replace('\\', '/'));
        Assert.Equal(ProjectFile.All.Select(project => project.Path).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }
}
