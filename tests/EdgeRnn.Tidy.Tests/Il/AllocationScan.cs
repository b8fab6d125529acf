using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeRnn.Tests.Il;

/// <summary>
/// Finds in the IL of methods what allocates or throws: objects, arrays, boxes, work on strings, throws, and calls that leave
/// the module for anything but the kernels below, which are known to allocate nothing.
/// </summary>
internal static class AllocationScan
{
    // A type with a dot at its end stands for its whole namespace.
    private static readonly string[] _quietOwners =
    [
        "System.Math", "System.Runtime.Intrinsics.", "System.Runtime.CompilerServices.Unsafe", "System.Threading.Interlocked",
        "System.Span`1", "System.ReadOnlySpan`1", "System.MemoryExtensions", "System.Runtime.InteropServices.MemoryMarshal",
    ];

    // typeof(T) == typeof(byte) is settled when the method is compiled.
    private static readonly string[] _quietMembers =
    [
        "System.Array::Copy(", "System.Array::Clear(", "System.Object::.ctor(", "System.Type::GetTypeFromHandle(", "System.Type::op_Equality(",
        "System.BitConverter::DoubleToInt64Bits(", "System.BitConverter::ToInt32(", "System.String::get_Length(", "System.String::get_Chars(",
    ];

    // Of the runtime, as the firmware calls it; tests of their own read what these reach.
    private static readonly string[] _quietRuntime =
        ["EdgeRnn.Runtime.Detector", "EdgeRnn.Runtime.Model", "EdgeRnn.Runtime.Crc32", "EdgeRnn.Runtime.LittleEndian"];

    /// <summary>One line per finding: method, instruction.</summary>
    public static IEnumerable<string> Findings(IEnumerable<MethodDefinition> methods) => methods.SelectMany(Findings).Order(StringComparer.Ordinal);

    /// <summary>
    /// One line per text literal. On .NET each is one object for ever; nanoFramework's interpreter makes a new one whenever the
    /// literal is read, so that a method that runs again and again reads it once and keeps it in a field.
    /// </summary>
    public static IEnumerable<string> Texts(IEnumerable<MethodDefinition> methods) =>
        from method in methods
        from instruction in method.Body.Instructions
        where instruction.OpCode.Code == Code.Ldstr
        orderby CallGraph.Name(method)
        select $"{CallGraph.Name(method)}: ldstr {instruction.Operand}".TrimEnd();

    private static IEnumerable<string> Findings(MethodDefinition method)
    {
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (Finding(instruction, method.Module) is string what) yield return $"{CallGraph.Name(method)}: {what}";
        }
    }

    private static string? Finding(Instruction instruction, ModuleDefinition module)
    {
        string text = $"{instruction.OpCode.Name} {instruction.Operand}".TrimEnd();
        switch (instruction.OpCode.Code)
        {
            case Code.Newobj:
                return ((MethodReference)instruction.Operand).DeclaringType.Resolve() is { IsValueType: true } ? null : text;
            case Code.Newarr or Code.Box or Code.Throw or Code.Rethrow or Code.Calli or Code.Mkrefany or Code.Ldvirtftn:
                return text;
            case Code.Constrained:
                return CallsStructure(instruction, module) ? null : text;
            case Code.Call or Code.Callvirt or Code.Jmp:
                return StaysQuiet((MethodReference)instruction.Operand, module) ? null : text;
            default:
                return null;
        }
    }

    // What a structure has to write itself for an interface of the runtime is called without a box; methods of object may need one.
    private static bool CallsStructure(Instruction constrained, ModuleDefinition module) =>
        constrained.Operand is GenericParameter { HasNotNullableValueTypeConstraint: true } &&
        (constrained.Next.Operand as MethodReference)?.Resolve() is { IsAbstract: true, DeclaringType.IsInterface: true } called && called.Module == module;

    private static bool StaysQuiet(MethodReference called, ModuleDefinition module)
    {
        TypeReference owner = called.DeclaringType.GetElementType();
        if (owner.Resolve()?.Module == module) return true;
        if (called.Name is "ToString" or "ToArray") return false;
        if (_quietRuntime.Contains(owner.FullName, StringComparer.Ordinal)) return true;
        if (_quietOwners.Any(quiet => quiet.EndsWith('.') ? owner.FullName.StartsWith(quiet, StringComparison.Ordinal) : owner.FullName == quiet)) return true;
        return _quietMembers.Any(quiet => called.FullName.Contains(" " + quiet, StringComparison.Ordinal));
    }
}
