using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeRnn.Tests.Il;

/// <summary>
/// Finds what .NET nanoFramework lacks, computes wrongly or pays for with an allocation, in metadata and IL: generics, structs,
/// Span, boxing, rectangular arrays, lambdas, iterators, checked and unsafe code, volatile fields, and members outside
/// <see cref="DeviceMembers"/>. The compiler does not reject most of these, neither here nor there.
/// </summary>
internal static class DeviceSafetyScan
{
    private const int MaxLocals = 255; // more of them break the packer of device assemblies

    private static readonly HashSet<Code> _bannedCodes =
    [
        Code.Box, Code.Unbox, Code.Unbox_Any, Code.Constrained, Code.Localloc, Code.Calli, Code.Cpblk, Code.Initblk, Code.Cpobj,
        Code.Mkrefany, Code.Refanyval, Code.Refanytype, Code.Arglist, Code.Tail, Code.Sizeof, Code.Ldobj, Code.Stobj, Code.Initobj,
    ];

    /// <summary>One line per breach: where, and what.</summary>
    public static IEnumerable<string> Breaches(TypeDefinition type)
    {
        // The module itself and the data of array initialisers are the compiler's own.
        if (type.Name is "<Module>" or "<PrivateImplementationDetails>") return [];
        return OfType(type).Concat(type.Methods.SelectMany(OfMethod)).Concat(type.NestedTypes.SelectMany(Breaches));
    }

    private static IEnumerable<string> OfType(TypeDefinition type)
    {
        if (type.HasGenericParameters) yield return $"{type.Name}: generic type";
        if (type.IsValueType && !type.IsEnum) yield return $"{type.Name}: struct; each use of it allocates";
        if (type.Name.Contains('<')) yield return $"{type.FullName}: made by the compiler for a lambda, an iterator or async";
        if (type.IsInterface && type.Methods.Any(method => method.HasBody)) yield return $"{type.Name}: interface with a method body";
        foreach (FieldDefinition field in type.Fields)
        {
            if (OfTypeReference(field.FieldType) is string fault) yield return $"{type.Name}.{field.Name}: {fault}";
        }
        foreach (InterfaceImplementation implemented in type.Interfaces)
        {
            if (OfTypeReference(implemented.InterfaceType) is string fault) yield return $"{type.Name}: {fault}";
        }
    }

    private static IEnumerable<string> OfMethod(MethodDefinition method)
    {
        string where = $"{method.DeclaringType.Name}.{method.Name}";
        if (method.HasGenericParameters) yield return $"{where}: generic method";
        if (method.Name.Contains(">b__", StringComparison.Ordinal)) yield return $"{where}: lambda";
        foreach (TypeReference used in method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType))
        {
            if (OfTypeReference(used) is string fault) yield return $"{where}: {fault} in its signature";
        }
        if (!method.HasBody) yield break;
        if (method.Body.Variables.Count > MaxLocals) yield return $"{where}: {method.Body.Variables.Count} locals, at most {MaxLocals}";
        foreach (VariableDefinition local in method.Body.Variables)
        {
            if (OfTypeReference(local.VariableType) is string fault) yield return $"{where}: {fault} as a local";
        }
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            if (handler.HandlerType == ExceptionHandlerType.Filter) yield return $"{where}: exception filter";
        }
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (OfInstruction(instruction, method.Module) is string fault) yield return $"{where}: {fault}";
        }
    }

    private static string? OfInstruction(Instruction instruction, ModuleDefinition module)
    {
        if (_bannedCodes.Contains(instruction.OpCode.Code)) return $"{instruction.OpCode.Name} {instruction.Operand}";
        if (instruction.OpCode.Name.Contains(".ovf", StringComparison.Ordinal)) return $"checked arithmetic ({instruction.OpCode.Name})";
        return instruction.Operand switch
        {
            GenericInstanceMethod method => $"generic method {method.FullName}",
            MethodReference method => OfMember(method, method.DeclaringType, module),
            FieldReference field => OfMember(field, field.DeclaringType, module),
            TypeReference type => OfTypeReference(type),
            _ => null,
        };
    }

    private static string? OfMember(MemberReference member, TypeReference owner, ModuleDefinition module)
    {
        if (OfTypeReference(owner) is string fault) return fault;
        if (owner.Resolve()?.Module is ModuleDefinition home && (home == module || home.Assembly.Name.Name.StartsWith("EdgeRnn.", StringComparison.Ordinal))) return null;
        string name = DeviceMembers.NameOf(member);
        return DeviceMembers.Names.Contains(name) ? null : $"{name} is not in {nameof(DeviceMembers)}";
    }

    private static string? OfTypeReference(TypeReference type)
    {
        switch (type)
        {
            case GenericInstanceType or GenericParameter: return $"generic {type.FullName}";
            case PointerType or PinnedType or FunctionPointerType: return $"unsafe {type.FullName}";
            case ArrayType { Rank: > 1 }: return $"rectangular array {type.FullName}";
            case RequiredModifierType required: return $"modifier {required.ModifierType.FullName}";
            case TypeSpecification specification: return OfTypeReference(specification.ElementType);
        }
        if (!type.IsValueType || type.IsPrimitive || type.FullName == "System.Void") return null;
        return type.Resolve() is { IsEnum: true } ? null : $"struct {type.FullName}";
    }
}
