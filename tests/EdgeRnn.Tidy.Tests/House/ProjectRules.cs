using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Tests.House;

/// <summary>Which project may reference which, and which carry no package: the table of the architecture.</summary>
internal static class ProjectRules
{
    // Projects that are not in the table, or references that are not in their row, are breaches. Tests may reference everything.
    private static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["EdgeRnn.Runtime"] = [],
        ["EdgeRnn.Converter"] = ["EdgeRnn.Runtime"],
        ["EdgeRnn.Cli"] = ["EdgeRnn.Converter", "EdgeRnn.Simulator"],
        ["EdgeRnn.Hardware"] = [],
        ["EdgeRnn.Hardware.Linux"] = ["EdgeRnn.Hardware", "System.Device.Gpio", "Iot.Device.Bindings"],
        ["EdgeRnn.Simulator"] = ["EdgeRnn.Firmware", "EdgeRnn.Hardware", "EdgeRnn.Runtime"],
        ["EdgeRnn.Firmware"] = ["EdgeRnn.Runtime", "EdgeRnn.Hardware"],
        ["EdgeRnn.Firmware.Pi"] = ["EdgeRnn.Firmware", "EdgeRnn.Hardware.Linux"],
        ["System.Device.Gpio"] = [],
        ["Iot.Device.Bindings"] = ["System.Device.Gpio", "UnitsNet"],
        ["UnitsNet"] = [],
    };

    // What stands for a device's libraries, and what is compiled against it, know each other and nothing of .NET.
    private static bool IsOfDevices(string path) =>
        path.StartsWith("hardware/Contracts/nanoFramework.", StringComparison.Ordinal) || path.StartsWith("firmware/Nano/", StringComparison.Ordinal);

    // Packages that one project takes and no other, tests neither.
    private static readonly Dictionary<string, string> _devicePackages = new()
    {
        ["System.Device.Gpio"] = "EdgeRnn.Hardware.Linux",
        ["Iot.Device.Bindings"] = "EdgeRnn.Hardware.Linux",
    };

    private static readonly string[] _withoutPackages = ["EdgeRnn.Runtime", "EdgeRnn.Hardware", "EdgeRnn.Firmware"];

    public static IEnumerable<string> Breaches(ProjectFile project)
    {
        IEnumerable<string> devices = project.Packages
            .Where(package => _devicePackages.TryGetValue(package, out string? owner) && owner != project.Name)
            .Select(package => $"{project.Path}: may not use package {package}");
        if (project.IsTest) return devices;
        if (IsOfDevices(project.Path)) return project.References.Where(name => !name.StartsWith("nanoFramework.", StringComparison.Ordinal) &&
            !name.EndsWith(".Gate", StringComparison.Ordinal)).Select(name => $"{project.Path}: may not reference {name}").Concat(devices);
        if (!_allowed.TryGetValue(project.Name, out string[]? allowed)) return [$"{project.Path}: not in the table of {nameof(ProjectRules)}"];
        IEnumerable<string> references = project.References.Except(allowed).Select(reference => $"{project.Path}: may not reference {reference}");
        IEnumerable<string> packages = _withoutPackages.Contains(project.Name) ? project.Packages.Select(package => $"{project.Path}: may not use package {package}") : [];
        return references.Concat(packages).Concat(devices);
    }
}
