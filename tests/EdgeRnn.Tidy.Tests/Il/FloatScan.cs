using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeRnn.Tests.Il;

/// <summary>
/// Finds floating point in the IL of methods: constants, conversions, loads and stores of elements, and fields, locals, parameters
/// and results whose type is a float or is made of floats. Arithmetic has no codes of its own, but nothing can be computed in float
/// without one of these.
/// </summary>
internal static class FloatScan
{
    private static readonly HashSet<Code> _floatCodes =
    [
        Code.Ldc_R4, Code.Ldc_R8, Code.Conv_R4, Code.Conv_R8, Code.Conv_R_Un, Code.Ldelem_R4, Code.Ldelem_R8, Code.Stelem_R4, Code.Stelem_R8,
        Code.Ldind_R4, Code.Ldind_R8, Code.Stind_R4, Code.Stind_R8, Code.Ckfinite,
    ];

    private static readonly HashSet<string> _floatTypes =
        ["System.Single", "System.Double", "System.Half", "System.Decimal", "System.Runtime.InteropServices.NFloat"];

    // Vectors of floats that only carry integers from one lane to another: the instruction exists for floats alone.
    private static readonly HashSet<string> _moves =
    [
        "System.Runtime.Intrinsics.Vector128::AsSingle", "System.Runtime.Intrinsics.Vector128::AsInt32", "System.Runtime.Intrinsics.X86.Sse::Shuffle",
        "System.Runtime.Intrinsics.Vector256::AsSingle", "System.Runtime.Intrinsics.Vector256::AsInt32", "System.Runtime.Intrinsics.X86.Avx::Shuffle",
        "System.Runtime.Intrinsics.Vector512::AsSingle", "System.Runtime.Intrinsics.Vector512::AsInt32", "System.Runtime.Intrinsics.X86.Avx512F::Shuffle",
    ];

    /// <summary>One line per finding: method, instruction or part of the signature.</summary>
    public static IEnumerable<string> Findings(IEnumerable<MethodDefinition> methods) => methods.SelectMany(Findings).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Findings(MethodDefinition method)
    {
        string where = CallGraph.Name(method);
        foreach (TypeReference type in method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType))
        {
            if (IsFloat(type)) yield return $"{where}: {type.FullName} in its signature";
        }
        foreach (VariableDefinition local in method.Body.Variables)
        {
            if (IsFloat(local.VariableType) && !IsVector(local.VariableType)) yield return $"{where}: {local.VariableType.FullName} as a local";
        }
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (_floatCodes.Contains(instruction.OpCode.Code) || UsesFloat(instruction.Operand))
                yield return $"{where}: {instruction.OpCode.Name} {instruction.Operand}".TrimEnd();
        }
    }

    private static bool UsesFloat(object? operand) => operand switch
    {
        FieldReference field => IsFloat(field.FieldType) || IsFloat(field.DeclaringType),
        MethodReference method => !_moves.Contains($"{method.DeclaringType.FullName}::{method.Name}") && UsesFloat(method),
        TypeReference type => IsFloat(type),
        _ => false,
    };

    private static bool UsesFloat(MethodReference method) =>
        IsFloat(method.ReturnType) || IsFloat(method.DeclaringType) || method.Parameters.Any(parameter => IsFloat(parameter.ParameterType)) ||
        (method is GenericInstanceMethod generic && generic.GenericArguments.Any(IsFloat));

    // Whatever is done to it is a call, and looked at there.
    private static bool IsVector(TypeReference type) => type.Namespace == "System.Runtime.Intrinsics";

    private static bool IsFloat(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.Any(IsFloat),
        TypeSpecification specification => IsFloat(specification.ElementType),
        _ => _floatTypes.Contains(type.FullName),
    };
}
