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

    /// <summary>These tests, for the planted mistakes a scan must find.</summary>
    public static ModuleDefinition Tests { get; } = Read("EdgeRnn.Tidy.Tests.dll");

    /// <summary>Every type of a module, nested ones included.</summary>
    public static IEnumerable<TypeDefinition> AllTypes(this ModuleDefinition module) => module.Types.SelectMany(WithNested);

    /// <summary>A type and everything nested in it.</summary>
    public static IEnumerable<TypeDefinition> WithNested(this TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    /// <summary>A method by the name of its type and its own, with the number of parameters where the name is overloaded.</summary>
    public static MethodDefinition Method(this ModuleDefinition module, string type, string name, Func<MethodDefinition, bool>? which = null) =>
        module.AllTypes().Single(candidate => candidate.Name == type).Methods.Single(method => method.Name == name && (which == null || which(method)));

    private static ModuleDefinition Read(string file)
    {
        DefaultAssemblyResolver resolver = new();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        return ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, file), new ReaderParameters { AssemblyResolver = resolver });
    }
}
