using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Tests.Fakes;

namespace EdgeRnn.Tests;

/// <summary>A program knows what it was built with, and contracts never get onto a device.</summary>
public sealed class DevicePackagesTests(ITestOutputHelper output)
{
    private const string Import = "DevicePackages.targets\"";

    /// <summary>The projects that end up on a device.</summary>
    public static TheoryData<string> Projects => [.. Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "hardware"), "*.csproj", SearchOption.AllDirectories)
        .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "firmware"), "*.csproj", SearchOption.AllDirectories))
        .Where(file => File.ReadAllText(file).Contains(Import, StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Fact]
    public void The_description_names_the_contracts_or_the_library_with_its_version() =>
        Assert.Equal(DevicePackages.AreReal ? "System.Device.Gpio 4.2.0" : "contracts", DevicePackages.Description);

    [Fact]
    public void Built_with_contracts_a_binding_does_not_start()
    {
        Assert.SkipWhen(DevicePackages.AreReal, "built with UseDevicePackages=true: bindings start");
        Mpu6050Binding sensor = new(new FakeI2cDevice(new PlainDevice()));
        Assert.Equal(BusStatus.Failed, sensor.Start());
        Assert.Equal(SensorStatus.NotStarted, sensor.Read(new float[7], 0));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Publishing_contracts_stops_with_one_error_that_names_the_property(string project) =>
        RefusesWith("publish", project, "-c", "Release", "-r", "linux-arm64", "--self-contained", "false");

    [Theory, MemberData(nameof(Projects))]
    public void Packing_contracts_stops_with_the_same_error(string project) =>
        RefusesWith("pack", project, "-c", "Release");

    private void RefusesWith(string verb, string project, params string[] options)
    {
        ProcessStartInfo start = new("dotnet", [verb, project, .. options, "-p:UseDevicePackages=false", "-nodeReuse:false"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
        };
        // The test host sets these for itself; another build is not to take them for its own.
        string[] hosts = [.. start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))];
        foreach (string name in hosts) start.Environment.Remove(name);
        using Process build = Process.Start(start)!;
        string text = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        output.WriteLine(text);
        Assert.NotEqual(0, build.ExitCode);
        string error = Assert.Single(text.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct());
        Assert.Contains("UseDevicePackages", error, StringComparison.Ordinal);
    }
}
