using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Tests.House;

namespace EdgeRnn.Tests;

/// <summary>The projects for devices list what lies in the folders they are made of, and restore what they reference.</summary>
public sealed class DeviceProjectTests
{
    private const string Program = "firmware/Nano/EdgeRnn.Firmware.Nano/";

    [Theory]
    [InlineData("EdgeRnn.Runtime.Core")]
    [InlineData("EdgeRnn.Runtime.Detection")]
    [InlineData("EdgeRnn.Hardware")]
    [InlineData("EdgeRnn.Firmware")]
    public void A_library_lists_the_shared_files_of_its_folder(string name)
    {
        DeviceProject project = Project(name);
        Assert.Equal([], project.Differences(Shared(name).Append($"firmware/Nano/{name}/Properties/AssemblyInfo.cs")));
    }

    // The board's own file is a property of the build.
    [Fact]
    public void The_program_lists_its_folder_and_one_board()
    {
        IEnumerable<string> files = SourceTree.Code.Where(file => file.StartsWith(Program, StringComparison.Ordinal) && (!IsOfBoard(file) || file.EndsWith("Esp32Clock.cs", StringComparison.Ordinal)));
        Assert.Equal([], Project("EdgeRnn.Firmware.Nano").Differences(files.Append(Program + "Boards/$(Board).cs")));
    }

    [Fact]
    public void A_project_names_every_board_it_can_be_built_for()
    {
        string text = SourceTree.Read(Program + "EdgeRnn.Firmware.Nano.nfproj");
        IEnumerable<string> boards = SourceTree.Code.Where(file => IsOfBoard(file) && !file.EndsWith("Clock.cs", StringComparison.Ordinal));
        Assert.All(boards.Select(System.IO.Path.GetFileNameWithoutExtension), board => Assert.Matches($"[ ,]{board}[ ,.]", text));
    }

    [Fact]
    public void Projects_restore_exactly_what_they_reference() => Assert.All(DeviceProject.All,
        project => Assert.Equal(project.Packages.Order(StringComparer.Ordinal), project.ReferencedPackages.Order(StringComparer.Ordinal)));

    [Fact]
    public void A_package_has_one_version_in_all_projects()
    {
        string[] packages = [.. DeviceProject.All.SelectMany(project => project.Packages).Distinct()];
        string[] names = [.. packages.Select(package => string.Join('.', package.Split('.')[..^3]))];
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void The_solution_for_devices_holds_every_project()
    {
        string solution = SourceTree.Read("firmware/Nano/EdgeRnn.Nano.sln");
        Assert.NotEmpty(DeviceProject.All);
        Assert.All(DeviceProject.All, project => Assert.Contains($"\"{project.Name}\\{project.Name}.nfproj\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_too_much_and_one_too_few_are_found()
    {
        DeviceProject project = DeviceProject.Parse("firmware/Nano/X/X.nfproj",
            """<Project><ItemGroup><Compile Include="..\..\..\hardware\A.cs" /><Compile Include="B.cs" /></ItemGroup></Project>""");
        Assert.Equal(
        [
            "firmware/Nano/X/X.nfproj: hardware/C.cs is not listed; add it beside its neighbours",
            "firmware/Nano/X/X.nfproj: firmware/Nano/X/B.cs is listed and is not there; remove it",
        ], project.Differences(["hardware/A.cs", "hardware/C.cs"]));
    }

    private static DeviceProject Project(string name) => DeviceProject.All.Single(project => project.Name == name);

    private static bool IsOfBoard(string file) => file.StartsWith(Program + "Boards/", StringComparison.Ordinal);

    private static IEnumerable<string> Shared(string name)
    {
        string folder = name switch
        {
            "EdgeRnn.Hardware" => "hardware/EdgeRnn.Hardware/",
            "EdgeRnn.Firmware" => "firmware/EdgeRnn.Firmware/",
            _ => "runtime/EdgeRnn.Runtime/",
        };
        IEnumerable<string> files = SourceTree.Code.Where(file => file.StartsWith(folder, StringComparison.Ordinal) &&
            !file.EndsWith(".Net.cs", StringComparison.Ordinal) && !file.EndsWith(".Simd.cs", StringComparison.Ordinal));
        return name switch
        {
            "EdgeRnn.Runtime.Core" => files.Where(file => !IsOfDetector(file)),
            "EdgeRnn.Runtime.Detection" => files.Where(IsOfDetector),
            _ => files,
        };
    }

    // The detector itself; its settings, in the folder below, are read with the model.
    private static bool IsOfDetector(string file) => System.IO.Path.GetDirectoryName(file) == "runtime/EdgeRnn.Runtime/Detection";
}
