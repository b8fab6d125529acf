using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;

namespace EdgeRnn.Tests.Il;

/// <summary>The assemblies whose IL the tests read, as they lie beside the test binary.</summary>
internal static class Modules
{
    /// <summary>The runtime as .NET 10 runs it, vector code included.</summary>
    public static ModuleDefinition Runtime { get; } = Read("EdgeRnn.Runtime.dll");

    /// <summary>The shared source of the runtime alone: what a device compiles.</summary>
    public static ModuleDefinition Portable { get; } = Read("EdgeRnn.Runtime.Portable.dll");

    /// <summary>The shared source without the detector, the first of the two assemblies a device has it in.</summary>
    public static ModuleDefinition Core { get; } = Read("EdgeRnn.Runtime.Core.dll");

    /// <summary>The shared source of hardware and firmware: the loop and the drivers.</summary>
    public static ModuleDefinition Firmware { get; } = Read("EdgeRnn.Firmware.Portable.dll");

    /// <summary>The assemblies of a device, compiled against the contracts: libraries first, then the program for each family of boards.</summary>
    public static IReadOnlyList<ModuleDefinition> Device { get; } = ReadAll("Gate");

    /// <summary>The contracts of the device's own libraries.</summary>
    public static IReadOnlyList<ModuleDefinition> DeviceContracts { get; } = ReadAll(Path.Combine("Gate", "Contracts"));

    /// <summary>These tests, for the planted mistakes a scan must find.</summary>
    public static ModuleDefinition Tests { get; } = Read("EdgeRnn.Tidy.Tests.dll");

    /// <summary>Every type of a module, nested ones included.</summary>
    public static IEnumerable<TypeDefinition> AllTypes(this ModuleDefinition module) => module.Types.SelectMany(WithNested);

    /// <summary>A type and everything nested in it.</summary>
    public static IEnumerable<TypeDefinition> WithNested(this TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    /// <summary>A method by the name of its type and its own, with the number of parameters where the name is overloaded.</summary>
    public static MethodDefinition Method(this ModuleDefinition module, string type, string name, Func<MethodDefinition, bool>? which = null) =>
        module.AllTypes().Single(candidate => candidate.Name == type).Methods.Single(method => method.Name == name && (which == null || which(method)));

    private static ModuleDefinition Read(string file) =>
        Read(file, AppContext.BaseDirectory, Path.GetDirectoryName(typeof(object).Assembly.Location)!);

    // A device's library has the name of one of .NET: only the folders of the device are searched.
    private static List<ModuleDefinition> ReadAll(string folder)
    {
        string gate = Path.Combine(AppContext.BaseDirectory, "Gate");
        return [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, folder), "*.dll").Order(StringComparer.Ordinal)
            .Select(file => Read(file, gate, Path.Combine(gate, "Contracts")))];
    }

    private static ModuleDefinition Read(string file, params string[] folders)
    {
        DefaultAssemblyResolver resolver = new();
        foreach (string own in resolver.GetSearchDirectories()) resolver.RemoveSearchDirectory(own);
        foreach (string folder in folders) resolver.AddSearchDirectory(folder);
        return ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, file), new ReaderParameters { AssemblyResolver = resolver });
    }
}
